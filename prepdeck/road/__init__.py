"""The road to the job: what a learner did on it, how far each phase is, lists, offers and the lines of a day."""

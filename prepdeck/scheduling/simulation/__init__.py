"""Made-up learners, the schedulers they try, and what each of them recalls on the day."""

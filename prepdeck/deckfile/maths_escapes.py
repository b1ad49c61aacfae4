"""LaTeX commands that double quotes of YAML take for escapes."""

from __future__ import annotations

import re

_COMMANDS = """
alpha angle approx arccos arcsin arctan arg ast bar begin beta big bigg binom bot boxed bullet ell emptyset end epsilon
eq equiv eta exists exp floor forall frac nabla ne neg neq nexists nmid notin nu rangle rceil rfloor rho right
rightarrow text textbf textit textrm theta tilde times to top triangle tau varepsilon varphi vdots vec vee vert Lambda
Leftarrow Leftrightarrow Phi Pi Pr Psi
"""

MATHS_ESCAPE = re.compile(rf"(?<!\\)(?:\\\\)*(\\(?:{'|'.join(_COMMANDS.split())})(?![A-Za-z]))")
"""A LaTeX command that double quotes turn into a control character, a tab or a line end."""

"""What each LaTeX macro looks like in a terminal: only glyphs one cell wide that common fonts hold."""

# ruff: noqa: RUF001 - glyphs that look like other letters are what this table is about

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    """Return the table written as `name glyph` pairs."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _names(text: str) -> frozenset[str]:
    """Return the names written with spaces between them."""
    return frozenset(text.split())


PRIME = "′"
"""The mark of a derivative."""

SIGNS = frozenset("+-±∓−")
"""Operators that are signs when nothing stands before them."""


ORDINARY = _pairs(r"""
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ
    mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ
    psi ψ omega ω Gamma Γ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    infty ∞ emptyset ∅ varnothing ∅ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ wp ℘ imath i jmath j angle ∠ top ⊤ bot ⊥
    dagger † ddagger ‡ circ ° star ⋆ ast * bullet • prime ′ degree ° checkmark ✓ square □ Box □ blacksquare ■ triangle △
    ldots … dots … cdots ⋯ dotsc … dotsb ⋯ vdots ⋮ ddots ⋱ backslash \ # # $ $ % % & & _ _ S § P ¶ lq ‘ rq ’
    vert | Vert ‖ | ‖ slash /
""")
"""Letters and signs that stand for themselves."""

PREFIX = _pairs(r"""
    partial ∂ nabla ∇ Delta Δ neg ¬ lnot ¬ forall ∀ exists ∃ nexists ∄ triangledown ∇
""")
"""Signs that cling to what follows."""

BINARY = _pairs(r"""
    cdot · times × div ÷ pm ± mp ∓ cup ∪ cap ∩ setminus \ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ oslash ⊘ wedge ∧ land ∧
    vee ∨ lor ∨ bmod mod uplus ⊎ sqcup ⊔ sqcap ⊓ amalg ⨿ diamond ⋄ boxplus ⊞ boxtimes ⊠ lhd ⊲ rhd ⊳
""")
"""Operators between two terms; at the start of a term they are signs."""

RELATION = _pairs(r"""
    le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ~ simeq ≃ cong ≅ propto ∝ ll ≪ gg ≫
    lt < gt > in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ subsetneq ⊊ nsubseteq ⊈ prec ≺ succ ≻
    preceq ⪯ succeq ⪰ perp ⊥ indep ⊥ parallel ∥ mid | nmid ∤ vdash ⊢ models ⊨ to → rightarrow → longrightarrow → gets ←
    leftarrow ← longleftarrow ← leftrightarrow ↔ Rightarrow ⇒ implies ⇒ Longrightarrow ⇒ Leftarrow ⇐ impliedby ⇐ iff ⇔
    Leftrightarrow ⇔ Longleftrightarrow ⇔ mapsto ↦ longmapsto ↦ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑
    Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ rightsquigarrow ⇝ leadsto ⇝ rightharpoonup ⇀
    rightleftharpoons ⇌ triangleq ≜ coloneqq := coloneq := doteq ≐ asymp ≍ lesssim ≲ gtrsim ≳ lessgtr ≶ therefore ∴
    because ∵ colon : sqsubseteq ⊑ sqsupseteq ⊒ trianglelefteq ⊴ bowtie ⋈
""")
"""Relations and arrows."""

BIG = _pairs(r"""
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂
    bigsqcup ⨆ biguplus ⨄
""")
"""Operators that take limits and a body."""

NAMED = _pairs(r"""
    log log ln ln lg lg exp exp max max min min arg arg argmax argmax argmin argmin sup sup inf inf lim lim
    limsup limsup liminf liminf sin sin cos cos tan tan cot cot sec sec csc csc arcsin arcsin arccos arccos
    arctan arctan sinh sinh cosh cosh tanh tanh coth coth det det dim dim ker ker gcd gcd deg deg hom hom Pr Pr
    sgn sgn sign sign tr tr rank rank diag diag
""")
"""Functions set upright."""

FUNCTIONS = frozenset(NAMED) - {"max", "min", "arg", "argmax", "argmin", "sup", "inf", "lim", "limsup", "liminf"}
"""The named operators that take an argument rather than a condition."""

OPENING = _pairs(r"lfloor ⌊ lceil ⌈ langle ⟨ lvert | lVert ‖ { { lbrace { lbrack [ lgroup ( llbracket ⟦ ulcorner ⌜")
"""Brackets that open."""

CLOSING = _pairs(r"rfloor ⌋ rceil ⌉ rangle ⟩ rvert | rVert ‖ } } rbrace } rbrack ] rgroup ) rrbracket ⟧ urcorner ⌝")
"""Brackets that close."""

SPACES = {",": " ", ":": " ", ";": " ", ">": " ", " ": " ", "!": "", "quad": "  ", "qquad": "    ", "enspace": " "} | {
    "thinspace": " ", "medspace": " ", "thickspace": " ", "space": " ", "enskip": " ", "nobreakspace": " ", "\n": " "
}  # fmt: skip
"""Space the author asked for."""

ORDINALS = frozenset({"th", "st", "nd", "rd"})
"""Endings of ordinal numbers, as in `k^{th}`."""

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "widetilde": "\u0303", "vec": "\u20d7",
    "dot": "\u0307", "ddot": "\u0308", "dddot": "\u20db", "check": "\u030c", "breve": "\u0306", "acute": "\u0301",
    "grave": "\u0300", "mathring": "\u030a", "overline": "\u0305", "underline": "\u0332", "overrightarrow": "\u20d7",
}  # fmt: skip
"""Marks over or under a letter."""

ACCENT_WORDS = {"widehat": "hat", "widetilde": "tilde", "overline": "bar", "overrightarrow": "vec"}
"""What an accent is called when its base is too long to carry it and its own name would be odd."""

DOUBLE_STRUCK = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ"}
"""The number sets; other double-struck letters are missing from too many fonts and stay plain."""

UPRIGHT = _names(
    "mathrm mathbf mathit mathsf mathtt mathnormal mathcal mathscr mathfrak mathbb boldsymbol bm symbf pmb"
)
"""Macros that change the face of their argument: a terminal has one face, so the letters stay."""

WORDS = frozenset({"mathrm", "mathit", "mathsf", "mathtt", "mathnormal"})
"""The upright macros whose letters make one word."""

TEXT = _names("text textbf textit textrm textsf texttt textnormal textup emph mbox hbox operatorname mathop")
"""Macros whose argument is words."""

WRAPPERS = _names("boxed mathord mathbin mathrel mathopen mathclose mathinner smash underbrace overbrace")
"""Macros that leave their argument as it is, or only draw around it."""

SIZED = {"left": "opening", "right": "closing", "middle": "relation"} | {
    size + side: kind
    for size in ("big", "Big", "bigg", "Bigg")
    for side, kind in (("", ""), ("l", "opening"), ("r", "closing"), ("m", "relation"))
}
"""Macros that size the bracket behind them, with what they say of its kind."""

IGNORED = _names(
    "limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle rm bf it cal nonumber notag hline"
)
"""Macros about size and place, of which a terminal has one."""

ROOTS = {"3": "∛", "4": "∜"}
"""Roots with a sign of their own."""

SUPERSCRIPTS: dict[int, str] = {
    **{ord(sign): glyph for sign, glyph in zip("0123456789+-=()niTjx⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀʲˣᵀ", strict=True)},
    **{ord(sign): sign for sign in "′°*†‡⋆"},
}
"""Characters raised; other letters exist raised but not in every font, and half of them would be worse than none."""

SUBSCRIPTS: dict[int, str] = {
    ord(sign): glyph for sign, glyph in zip("0123456789+-=()ij", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼ", strict=True)
}
"""Characters lowered; see `SUPERSCRIPTS`."""

FENCES = {
    "bmatrix": ("[", "]"), "pmatrix": ("(", ")"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "matrix": ("[", "]"), "array": ("[", "]"), "smallmatrix": ("[", "]"),
    "cases": ("{", "}"), "dcases": ("{", "}"), "rcases": ("{", "}"),
}  # fmt: skip
"""Environments shown in one line, with the brackets around them."""

STACKS = _names(
    "aligned align align* alignat alignat* split gather gather* gathered equation equation* eqnarray multline"
)
"""Environments that put formulas under each other."""

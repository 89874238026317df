/** Commands of LaTeX that are a sign. */
export const SIGNS: Readonly<Record<string, string>> = {
  cdot: "·",
  times: "×",
  ast: "*",
  star: "⋆",
  odot: "⊙",
  circ: "∘",
  div: "÷",
  pm: "±",
  mp: "∓",
  lfloor: "⌊",
  rfloor: "⌋",
  lceil: "⌈",
  rceil: "⌉",
  langle: "⟨",
  rangle: "⟩",
  lvert: "|",
  rvert: "|",
  vert: "|",
  mid: "|",
  lVert: "‖",
  rVert: "‖",
  Vert: "‖",
  "|": "‖",
  lbrace: "⦃",
  rbrace: "⦄",
  "{": "⦃",
  "}": "⦄",
  lbrack: "[",
  rbrack: "]",
  le: "≤",
  leq: "≤",
  leqslant: "≤",
  ge: "≥",
  geq: "≥",
  geqslant: "≥",
  lt: "<",
  gt: ">",
  ll: "≪",
  gg: "≫",
  ne: "≠",
  neq: "≠",
  approx: "≈",
  simeq: "≈",
  sim: "∼",
  equiv: "≡",
  propto: "∝",
  coloneqq: ":=",
  leftarrow: ":=",
  gets: ":=",
  triangleq: "≜",
  to: "→",
  rightarrow: "→",
  longrightarrow: "→",
  mapsto: "↦",
  Rightarrow: "⇒",
  implies: "⇒",
  Longrightarrow: "⇒",
  Leftrightarrow: "⇔",
  iff: "⇔",
  in: "∈",
  forall: "∀",
  exists: "∃",
  land: "∧",
  lor: "∨",
  wedge: "∧",
  vee: "∨",
  subset: "⊂",
  subseteq: "⊆",
  cup: "∪",
  cap: "∩",
  prime: "'",
  partial: "∂",
  nabla: "∇",
  infty: "∞",
  top: "⊤",
  intercal: "⊤",
  ldots: "…",
  dots: "…",
  cdots: "…",
  vdots: "…",
  ddots: "…",
  colon: ":",
  "%": "%",
  "&": "&",
  "#": "#",
  $: "$",
  _: "_",
};

/** Commands that are seen as nothing, or as space. */
export const SPACES: ReadonlySet<string> = new Set(
  "quad qquad , ; : ! > left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle textstyle scriptstyle limits nolimits nonumber notag middle enspace thinspace space hfill allowbreak nobreak relax".split(
    " ",
  ),
);

/** Commands that stand for the letter whose name they are. */
export const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ " +
    "tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ħ"
  )
    .split(" ")
    .flatMap((text, i, all) => (i % 2 === 0 ? [[text, all[i + 1] ?? ""]] : [])),
);

/** Commands of functions, by the names that functions have here. */
export const FUNCTION_COMMANDS: Readonly<Record<string, string>> = {
  ln: "ln",
  log: "log",
  exp: "exp",
  sin: "sin",
  cos: "cos",
  tan: "tan",
  sinh: "sinh",
  cosh: "cosh",
  tanh: "tanh",
  max: "max",
  min: "min",
  det: "det",
};

/** Commands that set their argument in another face, which is no part of a name here: `\mathbf{x}` is x. */
export const FACES: ReadonlySet<string> = new Set(
  "mathbb mathbf boldsymbol bm mathit mathsf mathtt mathnormal vec underline mathstrut pmb mathscr mathcal displaylines".split(
    " ",
  ),
);

/** Commands whose argument is words. */
export const WORDS: ReadonlySet<string> = new Set(
  "text textrm textit textbf texttt textsf mathrm operatorname mbox textnormal".split(" "),
);

/** Commands that put a mark over a letter, with the mark that its name gets. */
export const MARKS: Readonly<Record<string, string>> = {
  hat: "\u0302",
  widehat: "\u0302",
  tilde: "\u0303",
  widetilde: "\u0303",
  bar: "\u0304",
  overline: "\u0304",
  dot: "\u0307",
  ddot: "\u0308",
};

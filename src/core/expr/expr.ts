/** An operator with two sides. */
export type BinaryOperator = "+" | "-" | "*" | "/" | "^" | "%" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "and" | "or";

/** A formula as a tree. A number keeps the text it was written with. */
export type Expr =
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "negate"; readonly of: Expr }
  | { readonly kind: "not"; readonly of: Expr }
  | { readonly kind: "binary"; readonly op: BinaryOperator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expr[] }
  | { readonly kind: "choice"; readonly when: Expr; readonly yes: Expr; readonly no: Expr };

import "mathjs/number";

/** What mathjs has and does not say in its types: what makes its parser from the parts that this needs. */
declare module "mathjs/number" {
  const createParse: (parts: Record<string, unknown>) => unknown;
}

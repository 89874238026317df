import type { Claim, Hover, Reveal } from "../finding.js";

/** What is said of a claim that is not wrong; what is wrong stands in the finding's own words. */
export function claimHover(claims: readonly Claim[], offset: number, reveal: Reveal): Hover | undefined {
  const claim = claims.find(({ span }) => span.from <= offset && offset <= span.to);
  if (!claim) return undefined;
  const { span, verdict, reason } = claim;
  if (verdict === "right" || verdict === "rounded") return { span, markdown: `Right. ${reason}` };
  return verdict === "not understood" && reveal === "answer" ? { span, markdown: `Not judged. ${reason}` } : undefined;
}

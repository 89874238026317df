/** Words with which an equation is what has to be, and not what is said to be so; what comes after them, or after a comma, is said again. */
const BEFORE =
  /\b(?:if|iff|when(?:ever)?|unless|whether|suppos\w+|assum\w+|requir\w+|we need|must|condition|constraint|satisf\w+|such that|(?:for|at) (?:which|what)|find|fixed point|equilibrium|falls|wenn|sofern|si|se|cuando|quando|lorsque)\b(?!.*(?:,|\b(?:then|so|hence|thus|therefore|dann|alors|entonces|então|allora)\b))|\b(?:solv|equat|sett?)ing\b|\bsolve\b|\bsets?\b.*\b(?:equal|to zero)\b/is;

/** Words behind an equation with the same sense. */
const BEHIND =
  /^[\s$)\]}.\\]*,?\s*(?:\b(?:holds?|is true|happens?)\s+)?(?:only|just|exactly|precisely)?\s*(?:\b(?:if|iff|when|unless|requires?|needs|would|implies|for (?:some|which|what)|in order)\b|(?:has|have) (?:the |a |two |one |no )?(?:solution|root))/i;

/** Whether the words around an equation make it a condition, or one that is to be solved. */
export const isCondition = (before: string, behind: string): boolean => BEFORE.test(before) || BEHIND.test(behind);

/** σ before a bracket, and σ as a letter. */
const CALLED = /(?:\\?sigma|σ)'?\s*(?:\\left)?\s*\(/;
const ALONE = /(?:\\sigma|σ)(?:\s*[\^_²]|\s*\\)|standard deviation/;

/** Words that say of σ which function it is. */
const SAID =
  /(?:\\?\bsigma|σ)(?:\([a-z]\))?[\s$)]*(?:is|denotes|:|=)?(?: the| a)* ?(?:logistic )?sigmoid|sigmoid(?: function)?[\s,(]*\$?\\?(?:sigma\b|σ)(?![\^_²])/i;

/** What a section says of σ: whether it is a function there, and whether it is said to be the sigmoid. */
export function sigmaIn(section: string): { readonly isActivation: boolean; readonly isSigmoid: boolean } {
  const isSigmoid = SAID.test(section);
  return { isSigmoid, isActivation: CALLED.test(section) && (isSigmoid || !ALONE.test(section)) };
}

/** Titles of sections that go on with what stands before them: the way back of the network whose way forward was there. */
const GOES_ON =
  /^\W*(?:\w[.):]+\s*)?(?:the )?(?:back(?:ward|[- ]?prop\w*)(?: pass)?|gradients?|derivatives?|loss|updates?)\W*$|^\W*step [2-9]\b/i;

/** Whether a section goes on with the letters of the one before it. */
export const goesOn = (title: string): boolean => GOES_ON.test(title);

/** σ before a bracket, and σ as a letter. */
const CALLED = /(?:\\?sigma|σ)'?\s*(?:\\left)?\s*\(/;
const ALONE = /(?:\\sigma|σ)(?:\s*[\^_²]|\s*\\)|standard deviation/;

/** Words that say of σ which function it is. */
const SAID =
  /(?:\\?\bsigma|σ)(?:\([a-z]\))?[\s$)]*(?:is|denotes|:|=)?(?: the| a)* ?(?:logistic )?sigmoid|sigmoid(?: function)?(?: (?:is|as|by|has|of|be|with|its|derivative|defined|given))*[\s,:(]*\$?\\?(?:sigma\b|σ)(?![\^_²])/i;

/** The sigmoid by its name, and other functions that σ may stand for where several are named. */
const NAMED = /\b(?:sigmoid|logistic)\b/i;
const OTHERS =
  /tanh|\b\w*(?:relu|softmax|[gesc]elu|swish|sin)\b|identity|heaviside|\bstep function|linear activation|rectif/i;

/** Cells whose gates are sigmoids, though their states go through tanh. */
const GATED = /\b(?:LSTM|GRU)s?\b/;

/** What a section says of σ: whether it is a function there, and whether it is said to be the sigmoid. */
export function sigmaIn(section: string): { readonly isActivation: boolean; readonly isSigmoid: boolean } {
  const isCalled = CALLED.test(section) && !ALONE.test(section);
  const isNamed = isCalled && (GATED.test(section) || (NAMED.test(section) && !OTHERS.test(section)));
  const isSigmoid = isNamed || SAID.test(section);
  return { isSigmoid, isActivation: CALLED.test(section) && (isSigmoid || !ALONE.test(section)) };
}

/** Words and signs with which a document says that what is random is independent, or from which it follows. */
const INDEPENDENT =
  /independ|uncorrelat|i\.?\s?i\.?\s?d\b|\b(?:unabhängig|unkorreliert|indépend|independiente)|独立|독립|\\sim|∼|~\s*[NU(]|\\mathcal\s*\{?N|\bN\(|gaussian|normal|bernoulli|dropout|random|mean[- ](?:0|zero)|zero[- ]mean/i;

/** Words that deny it, or leave it open. */
const DEPENDENT =
  /\b(?:not|need not be|n['’]t) (?:\w+ )?independent|\bcorrelated|\bCov\b|\bdependent (?:random|variables)/i;

/** Whether a document says that what is random in it is independent. */
export const saysIndependent = (text: string): boolean => INDEPENDENT.test(text) && !DEPENDENT.test(text);

/** Whether a document speaks of matrices. */
export const saysMatrices = (text: string): boolean => /\bmatri[xc]|\binvertible|nonsingular/i.test(text);

/** Titles of sections that go on with what stands before them: the way back of the network whose way forward was there. */
const GOES_ON =
  /^\W*(?:\w[.):]+\s*)?(?:the )?(?:back(?:ward|[- ]?prop\w*)(?: pass)?|gradients?|derivatives?|loss|updates?)\W*$|^\W*step [2-9]\b/i;

/** Whether a section goes on with the letters of the one before it. */
export const goesOn = (title: string): boolean => GOES_ON.test(title);

/** Six of 7,776 words are about 77 bits: out of reach even for those who try passwords by the billion. */
export const wordsOfPassphrase = 6;

/** Fills an array with random numbers, like `crypto.getRandomValues`. */
export type RandomSource = (numbers: Uint32Array<ArrayBuffer>) => void;

const fromBrowser: RandomSource = (numbers) => crypto.getRandomValues(numbers);

/** A passphrase of words that each are drawn with the same chance. */
export function passphraseOf(
  words: readonly string[],
  count = wordsOfPassphrase,
  random: RandomSource = fromBrowser,
): string {
  if (words.length === 0) throw new RangeError('A passphrase needs words to choose from.');
  return Array.from({ length: count }, () => words[indexBelow(words.length, random)]).join('-');
}

/** A new passphrase from the word list, which loads when it is first needed. Rejects when it cannot be loaded. */
export async function newPassphrase(): Promise<string> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return passphraseOf(dictionary['diceware-common']);
}

/** Draws again above the largest multiple of `limit`: a plain remainder would favour the first words. */
function indexBelow(limit: number, random: RandomSource): number {
  const numbers = new Uint32Array(1);
  const fair = Math.floor(2 ** 32 / limit) * limit;
  for (;;) {
    random(numbers);
    const drawn = numbers[0] ?? fair;
    if (drawn < fair) return drawn % limit;
  }
}

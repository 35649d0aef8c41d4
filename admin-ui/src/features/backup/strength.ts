import { strengthNames } from './export-texts';

/** How well a password withstands those who have the file. */
export interface Strength {
  /** 0 to 4. */
  score: number;
  label: string;
  weak: boolean;
  /** In words: `17 minutes`, `centuries`. */
  timeToGuess: string;
  /** What is wrong with it and what would help, one sentence each. */
  hints: string[];
}

const leastGoodScore = 3;

/** Loads the estimator with its word lists, which are too large for the page itself. Rejects when offline. */
export async function loadStrengthEstimator(): Promise<(password: string) => Strength> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const estimator = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
  return (password) => {
    const { score, crackTimes, feedback } = estimator.check(password);
    return {
      score,
      label: strengthNames[score] ?? '',
      weak: score < leastGoodScore,
      // Ten thousand guesses a second: what a farm of computers reaches against the file's key derivation.
      timeToGuess: crackTimes.offlineSlowHashingXPerSecond.display,
      hints: [feedback.warning ?? '', ...feedback.suggestions].filter((hint) => hint !== ''),
    };
  };
}

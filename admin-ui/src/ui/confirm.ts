import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue';

/** A question with two answers; `action` is the word on the button that goes on. */
export interface Question {
  title: string;
  text?: string;
  /** Named one by one under the text, for instance what a deletion takes along. */
  items?: { text: string; to?: string }[];
  action: string;
  cancel?: string;
  destructive?: boolean;
}

export interface Confirm {
  /** The question on the screen, for the dialog that shows it. */
  question: ShallowRef<Question | undefined>;
  /** Shows a dialog; resolves to true only when the person chose to go on. */
  ask: (question: Question) => Promise<boolean>;
  answer: (goOn: boolean) => void;
}

export const confirmKey: InjectionKey<Confirm> = Symbol('confirm');

export function createConfirm(): Confirm {
  const question = shallowRef<Question>();
  let settle: ((goOn: boolean) => void) | undefined;
  function answer(goOn: boolean): void {
    question.value = undefined;
    settle?.(goOn);
    settle = undefined;
  }
  return {
    question,
    answer,
    ask(asked) {
      answer(false);
      question.value = asked;
      return new Promise((resolve) => (settle = resolve));
    },
  };
}

/** Asks before something is lost. Call it in `setup`. */
export function useConfirm(): Confirm {
  const confirm = inject(confirmKey);
  if (!confirm) throw new Error('No confirm dialog was provided.');
  return confirm;
}

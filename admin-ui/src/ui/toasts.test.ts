import { createToasts } from './toasts';

const texts = ({ shown }: ReturnType<typeof createToasts>) => shown.value.map(({ text }) => text);

test('the newest is last, and only the newest few are kept', () => {
  const toasts = createToasts();
  for (const text of ['one', 'two', 'three', 'four']) toasts.say(text);
  expect(texts(toasts)).toEqual(['two', 'three', 'four']);
});

test('the same words again stand there once, as new ones', () => {
  const toasts = createToasts();
  toasts.say('one');
  toasts.say('two');
  const first = toasts.shown.value[0]?.id;
  toasts.say('one');
  expect(texts(toasts)).toEqual(['two', 'one']);
  expect(toasts.shown.value[1]?.id).not.toBe(first);
});

test('one is dismissed, or all', () => {
  const toasts = createToasts();
  toasts.say('one');
  toasts.say('two');
  toasts.dismiss(toasts.shown.value[0]?.id ?? 0);
  expect(texts(toasts)).toEqual(['two']);
  toasts.clear();
  expect(texts(toasts)).toEqual([]);
});

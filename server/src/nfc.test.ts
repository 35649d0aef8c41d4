import fc from 'fast-check';
import { nfc } from './nfc';

const marks = (count: number) => '\u0301\u0316'.repeat(count / 2);

test('is NFC where a letter has any number of marks that somebody means', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 32, max: 0xd7ff }), { maxLength: 300 }), (points) => {
      const text = String.fromCodePoint(...points);
      expect(nfc(text)).toBe(text.normalize('NFC'));
    }),
  );
  for (const text of ['e\u0301', `a${marks(100)}`, `${'e\u0301'.repeat(500)}${marks(40)}`])
    expect(nfc(text)).toBe(text.normalize('NFC'));
});

test('a run of marks without end stays as it is, and what stands around it is NFC', () => {
  expect(nfc(`e\u0301a${marks(102)}e\u0301`)).toBe(`\u00e9a${marks(102)}\u00e9`);
  expect(nfc(marks(300))).toBe(marks(300));
});

test('the same once more is the same', () => {
  const piece = fc.oneof(
    fc.constantFrom('e\u0301', '\u0958', 'a', '\u0344', ' '),
    fc.integer({ min: 0, max: 120 }).map((count) => marks(count * 2)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const once = nfc(pieces.join(''));
      expect(nfc(once)).toBe(once);
    }),
  );
});

// Would take hours.
test('a text of marks only is put into form before anybody waits', () => {
  const hostile = [`a${marks(1_000_000)}`, `a${marks(100)}`.repeat(10_000)];
  for (const text of hostile) expect(nfc(text).length).toBeGreaterThan(text.length / 2);
});

import {
  emailFault,
  mustBeFaultless,
  nameFault,
  normalEmail,
  normalName,
  passwordFault,
} from './account-input';

test('an e-mail is compared trimmed, composed and in lower case', () => {
  expect(normalEmail(' Ada@Example.ORG\n')).toBe('ada@example.org');
  expect(normalEmail('Ame\u0301lie@example.org')).toBe('am\u00e9lie@example.org');
});

test.each([
  '',
  'ada',
  '@example.org',
  'ada@',
  'a b@example.org',
  'a@b@c',
  `${'x'.repeat(251)}@a.b`,
  'a\u0000@b',
])('no e-mail: %j', (email) => expect(emailFault(email)).toBeDefined());

test.each(['ada@example.org', 'ada@localhost', 'ä+tag@exämple.org'])('an e-mail: %s', (email) =>
  expect(emailFault(email)).toBeUndefined(),
);

test('a name is stored composed and without space around; it is not empty, not long, without control characters', () => {
  expect(normalName('  Ame\u0301lie ')).toBe('Am\u00e9lie');
  expect(nameFault('A')).toBeUndefined();
  expect(nameFault('x'.repeat(200))).toBeUndefined();
  for (const name of ['', ' \t ', 'x'.repeat(201), 'a\nb', 'a\u0007']) expect(nameFault(name)).toBeDefined();
});

test('a password has at least 8 characters as people count them and at most 1,024 bytes', () => {
  expect(passwordFault('1234567')).toBe('must have at least 8 characters');
  expect(passwordFault('12345678')).toBeUndefined();
  expect(passwordFault('        ')).toBeUndefined();
  expect(passwordFault('🔑🔑🔑🔑🔑🔑🔑')).toBe('must have at least 8 characters');
  expect(passwordFault('e\u0301'.repeat(7))).toBe('must have at least 8 characters');
  expect(passwordFault('🔑'.repeat(256))).toBeUndefined();
  expect(passwordFault('🔑'.repeat(257))).toBe('must have at most 1024 bytes');
});

test('all faults are told together, and none passes', () => {
  mustBeFaultless({ 'input.name': undefined });
  expect(() => mustBeFaultless({ a: 'is bad', b: undefined, c: 'is worse' })).toThrow(
    'a: is bad; c: is worse',
  );
});

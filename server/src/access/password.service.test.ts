import { PasswordService } from './password.service';

const passwords = new PasswordService();

test('a stored password is argon2id with the recommended cost and a salt of its own', async () => {
  const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
});

test('only the password itself matches, in either Unicode form', async () => {
  const stored = await passwords.hash('caf\u00e9 au lait');
  expect(await passwords.matches('caf\u00e9 au lait', stored)).toBe(true);
  expect(await passwords.matches('cafe\u0301 au lait', stored)).toBe(true);
  expect(await passwords.matches('cafe au lait', stored)).toBe(false);
  expect(await passwords.matches('caf\u00e9 au lait ', stored)).toBe(false);
});

test('nothing matches where there is no password, not even what is compared instead', async () => {
  for (const none of [null, undefined, ''])
    for (const password of ['no password', '', 'x'])
      expect(await passwords.matches(password, none)).toBe(false);
});

test('a password of more than 1,024 bytes never matches', async () => {
  const long = 'x'.repeat(1025);
  expect(await passwords.matches(long, await passwords.hash(long))).toBe(false);
});

import { parseDatabaseUrl } from './database-url';

test('one host, with what is left out filled in', () => {
  expect(parseDatabaseUrl('mariadb://root@localhost/safeboard')).toEqual({
    hosts: [{ host: 'localhost', port: 3306 }],
    user: 'root',
    password: '',
    database: 'safeboard',
  });
});

test('the nodes of a cluster keep their order; signs are decoded', () => {
  expect(parseDatabaseUrl('mysql://a%40b:p%2Fw%3A@one:3307,10.0.0.2,[::1]:3308/my%20board')).toEqual({
    hosts: [
      { host: 'one', port: 3307 },
      { host: '10.0.0.2', port: 3306 },
      { host: '::1', port: 3308 },
    ],
    user: 'a@b',
    password: 'p/w:',
    database: 'my board',
  });
});

test.each([
  'postgres://u:p@host/db',
  'mysql://u:p@host',
  'mysql://u:p@host/',
  'mysql://u:p@one,,two/db',
  'mysql://u:p@one:port/db',
  'mysql://u:p@one/db?ssl=true',
  'mysql://u:%zz@one/db',
])('%s is none', (url) => {
  expect(parseDatabaseUrl(url)).toBeUndefined();
});

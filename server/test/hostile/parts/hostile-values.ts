import { type GraphQLInputType, getNamedType, isEnumType, isInputObjectType } from 'graphql';

/**
 * Values that somebody may send who means harm, or whose program is broken. Texts of JSON, as some cannot be written
 * as values: numbers out of range, keys twice, `__proto__`.
 */
const ofEveryType = [
  'null',
  'true',
  '-1',
  '1.5',
  '9007199254740993',
  '1e400',
  '""',
  '[]',
  '{}',
  '[null]',
  '[[["a"]]]',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
];

const quoted = (text: string) => JSON.stringify(text);

const texts = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfffb',
  '\ufffe\uffff',
  '\u202egnp.exe',
  'e\u0301'.repeat(300),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(50),
  ' ',
  'x'.repeat(100_000),
  '\u{fdfa}'.repeat(20_000),
  "'; DROP TABLE user; --",
  '%',
  '_'.repeat(200),
  '\\',
  '../../../etc/passwd',
  '..%2f..%2f',
  '__proto__',
  'constructor',
  'toString',
  '<img src=x onerror=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'a\r\nSet-Cookie: b=c',
  `${'a'.repeat(50)}!`,
  '9'.repeat(400),
  '1970-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00T00:00:00.000Z',
  'NaN',
].map(quoted);

const numbers = ['0', '-0', '2147483647', '2147483648', '-2147483648', '4e9', '0.1', '"1"'];

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const documents = [
  nested(60),
  nested(500),
  `${'{"a":'.repeat(63)}1${'}'.repeat(63)}`,
  `{${Array.from({ length: 5_000 }, (_, index) => `"k${index}":${index}`).join(',')}}`,
  `[${'0,'.repeat(20_000)}0]`,
  quoted('x'.repeat(2_000_000)),
  '{"":""}',
  '{"a":1,"a":2}',
  '{"\\u0000":1}',
  '{"\\ud800":"\\udfff"}',
  `{${quoted('k'.repeat(70_000))}:1}`,
  '{"$ref":"#","$ne":null,"then":"x","toJSON":"y","length":-1}',
  '-1e308',
  '1e-400',
];

/** What an argument or a field of an input of this type is tried with, ids of another unit among them. */
export function hostileValues(type: GraphQLInputType, foreignIds: readonly string[]): string[] {
  const named = getNamedType(type);
  if (isEnumType(named)) return [...ofEveryType, '"NOBODY"', '"__proto__"'];
  if (isInputObjectType(named)) return [...ofEveryType, '{"nobody":1}', nested(50)];
  switch (named.name) {
    case 'Int':
    case 'Float':
      return [...ofEveryType, ...numbers];
    case 'Boolean':
      return ofEveryType;
    case 'ID':
      return [...foreignIds.map(quoted), ...ofEveryType, ...texts];
    case 'JSON':
      return [
        ...foreignIds.map((id) => `{"pluginId":${quoted(id)}}`),
        ...ofEveryType,
        ...documents,
        ...texts,
      ];
    default:
      return [...ofEveryType, ...texts];
  }
}

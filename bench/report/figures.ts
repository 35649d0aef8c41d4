import { type ListFigures, type Result } from '../measure/results';

/** What each mark is about, in the words of the table. */
const subjects: Readonly<Record<string, string>> = {
  P1: 'export on MariaDB, to `mariadb-dump | gzip -1 | age`',
  P2: 'memory above the idle server at L, and how much more that is than at M',
  P3: 'import on MariaDB, to `age -d | gunzip | mariadb`',
  P4: 'the time in which an import stops writers, to deleting the rows of the unit',
  P5: 'the same on SQLite, to the references of P1 and P3',
  P6: "Strapi's own export and import of as many entries",
  P7: 'a list of 50 objects, to bare `node:http` with the same SQL',
  P8: 'the bar to all who have the unit open, to a bare `ws` broadcast',
  P9: 'applying 10,000 changes, to the same rows written in batches by hand',
  P10: 'a list seen through 1,000 changes, to the same list live',
  P11: 'script of a page before its first paint, packed',
};

/** All results as a table of Markdown, in the order of the marks. */
export function marksTable(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const { mark, part, ratio, spread, goal, unit, rounds } = result;
    const figure = (value: number) =>
      unit ? `${Number(value.toPrecision(3))} ${unit}` : `${value.toFixed(2)}×`;
    const verdict = ratio <= goal ? 'reached' : 'missed';
    return [
      mark,
      part,
      figure(ratio),
      `${figure(spread[0])} to ${figure(spread[1])}`,
      rounds,
      figure(goal),
      verdict,
    ];
  });
  return table(['Mark', 'Part', 'Measured', 'Rounds from', 'Rounds', 'Goal', ''], rows);
}

/** The lists of the console as a table of Markdown. */
export const listsTable = (lists: readonly ListFigures[]): string =>
  table(
    ['Milliseconds', 'First paint', 'Rows', 'Next page', 'Search', 'Longest task'],
    lists.map(({ list, paint, rows, next = '', search = '', longestTask }) => [
      list,
      paint,
      rows,
      next,
      search,
      longestTask,
    ]),
  );

/** What the marks compare, as a list. */
export const subjectList = (): string =>
  Object.entries(subjects)
    .map(([mark, subject]) => `- **${mark}**: ${subject}`)
    .join('\n');

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readResults } from '../measure/results';
import { listsTable, marksTable, subjectList } from './figures';
import { growthBySize, growthBySubscribers, growthTable } from './growth';
import { plot } from './plot';

const docs = path.join(__dirname, '../../docs');
const page = path.join(docs, 'performance.md');

/** Puts what `bench/results.json` holds into docs/performance.md, between its marks, and draws how costs grow. */
export async function writeReport(): Promise<void> {
  const { results, lists = [], machine, versions, date } = readResults();
  const [sizes, subscribers] = [growthBySize(results), growthBySubscribers(results)];
  const parts: Record<string, string> = {
    machine: `${machine.cpus} processors (${machine.model}), ${Math.round(machine.memoryBytes / 1e9)} GB; Node.js ${versions.node}; ${versions.mariadb}; age ${versions.age}; ${date.slice(0, 10)}.`,
    marks: `${subjectList()}\n\n${marksTable(results)}`,
    lists: listsTable(lists),
    growth: `${growthTable(sizes)}\n\n${growthTable([subscribers])}`,
  };
  let text = readFileSync(page, 'utf8');
  for (const [name, content] of Object.entries(parts)) text = replaced(text, name, content);
  writeFileSync(page, await format(text, { ...(await resolveConfig(page)), parser: 'markdown' }));
  writeFileSync(path.join(docs, 'growth.svg'), plot(sizes, 'config keys in the unit'));
}

/** The page with other content between `<!-- name -->` and `<!-- /name -->`. */
function replaced(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for ${name}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

// Writes the table of settings in README.md from the compiled server.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import prettier from 'prettier';

const { settingDescriptions } = createRequire(import.meta.url)('../server/dist/settings.js');
const readme = new URL('../README.md', import.meta.url);

const rows = settingDescriptions().map(
  ({ name, description, usual }) => `| \`${name}\` | ${cell(description)} | ${value(usual)} |`,
);
const table = ['| Setting | Meaning | Default |', '| --- | --- | --- |', ...rows].join('\n');
const place = /(<!-- settings: [^>]*-->)[\s\S]*?(<!-- \/settings -->)/;
const text = readFileSync(readme, 'utf8').replace(place, (_, begin, end) => `${begin}\n\n${table}\n\n${end}`);
const options = await prettier.resolveConfig(readme);
writeFileSync(readme, await prettier.format(text, { ...options, parser: 'markdown' }));

function value(usual) {
  return usual === undefined ? '' : `\`${usual}\``;
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}

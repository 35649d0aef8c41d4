import { type Growth } from './growth';

const width = 720;
const height = 420;
const margin = { left: 70, right: 190, top: 20, bottom: 50 };
/** Told apart also by those who see few colours, on white and on black. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b8860b'];
const ink = '#767676';

/** Growth as lines on logarithmic scales, an SVG. */
export function plot(growths: readonly Growth[], sizesName: string): string {
  const points = growths.flatMap((growth) => growth.points);
  const x = scale(decades(points.map(({ size }) => size)), margin.left, width - margin.right);
  const y = scale(
    decades(points.map(({ milliseconds }) => milliseconds)),
    height - margin.bottom,
    margin.top,
  );
  const lines = growths
    .filter((growth) => growth.points.length > 0)
    .map((growth, index) => {
      const colour = colours[index % colours.length]!;
      const at = growth.points.map((point) => [x.of(point.size), y.of(point.milliseconds)] as const);
      const [lastX, lastY] = at.at(-1)!;
      return [
        `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${at.map(([a, b]) => `${a},${b}`).join(' ')}"/>`,
        ...at.map(([a, b]) => `<circle cx="${a}" cy="${b}" r="3.5" fill="${colour}"/>`),
        text(lastX + 10, lastY + 4, growth.name, 'start', colour),
      ].join('');
    });
  const grid = [
    ...x.ticks.map((tick) => rule(x.of(tick), margin.top, x.of(tick), height - margin.bottom)),
    ...x.ticks.map((tick) => text(x.of(tick), height - margin.bottom + 18, short(tick), 'middle')),
    ...y.ticks.map((tick) => rule(margin.left, y.of(tick), width - margin.right, y.of(tick))),
    ...y.ticks.map((tick) => text(margin.left - 8, y.of(tick) + 4, `${short(tick)} ms`, 'end')),
    text((margin.left + width - margin.right) / 2, height - 10, sizesName, 'middle'),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img"><title>Time by ${sizesName}</title>${[...grid, ...lines].join('')}</svg>\n`;
}

/** The powers of ten around some values. */
function decades(values: readonly number[]): number[] {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.ceil(Math.log10(Math.max(...values)));
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

function scale(ticks: readonly number[], from: number, to: number) {
  const [least, most] = [Math.log10(ticks[0]!), Math.log10(ticks.at(-1)!)];
  const of = (value: number) =>
    Math.round(from + ((Math.log10(value) - least) / (most - least)) * (to - from));
  return { ticks, of };
}

const rule = (x1: number, y1: number, x2: number, y2: number) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${ink}" stroke-opacity="0.25"/>`;

const text = (x: number, y: number, words: string, anchor: string, colour = ink) =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}">${words}</text>`;

const short = (value: number) => (value < 1 ? String(value) : value.toLocaleString('en'));

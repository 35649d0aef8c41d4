/** What a server tells of itself at one moment, by names of ours for its metrics. */
export async function metricsOf<Names extends Readonly<Record<string, string>>>(
  port: number,
  names: Names,
): Promise<Record<keyof Names, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const read = (name: string) => {
    const line = new RegExp(`^${name} (\\S+)$`, 'm').exec(text);
    if (!line) throw new Error(`The server does not tell ${name}`);
    return Number(line[1]);
  };
  const values = Object.entries(names).map(([ours, name]) => [ours, read(name)] as const);
  return Object.fromEntries(values) as Record<keyof Names, number>;
}

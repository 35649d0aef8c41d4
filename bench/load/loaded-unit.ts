import { exportTo, importPlan, plan } from '../product/backups';
import { type ServedProduct } from '../product/served-product';
import { type Tally } from './tally';

const setKey = 'mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { key } } }';
/** So many config keys always change together. */
const together = 20;

/** One unit of a running server, in which some config keys always change together. */
export class LoadedUnit {
  private value = 0;

  private constructor(
    readonly product: ServedProduct,
    readonly tally: Tally,
    readonly id: string,
  ) {}

  static async open(product: ServedProduct, tally: Tally, name: string): Promise<LoadedUnit> {
    const { createUnit } = await product.graphql<{ createUnit: { id: string } }>(
      'mutation ($name: String!) { createUnit(name: $name) { id } }',
      { name },
    );
    const unit = new LoadedUnit(product, tally, createUnit.id);
    await unit.setTogether();
    return unit;
  }

  /** Reads the values that change together, in one list. */
  async read(): Promise<void> {
    const read = await this.tally.count('reads', () =>
      this.product.graphql<{ unit: { configKeys: { nodes: { value: unknown }[] } } }>(
        'query ($id: ID!) { unit(id: $id) { configKeys(search: "together.") { nodes { value } } } }',
        { id: this.id },
      ),
    );
    if (!read) return;
    const values = read.unit.configKeys.nodes.map(({ value }) => value);
    if (values.length !== together || new Set(values).size !== 1) this.tally.mixtures++;
  }

  async write(writer: number): Promise<void> {
    await this.tally.count('writes', () => this.set(`writer.${writer}`, Math.random()));
  }

  /** Changes all values that change together in a safe mode, and applies it. */
  async apply(): Promise<void> {
    const id = await this.tally.count('safe modes', () => this.recorded());
    if (id !== undefined) await this.tally.count('applied', () => this.applied(id));
  }

  async export(file: string): Promise<void> {
    await this.tally.count('exports', () => exportTo(this.product, file, this.id));
  }

  async import(file: string): Promise<void> {
    await this.tally.count('imports', async () => {
      await importPlan(this.product, await plan(this.product, file, this.id));
    });
  }

  /** As everybody sees it at once: by a safe mode. */
  async setTogether(): Promise<void> {
    await this.applied(await this.recorded());
  }

  private async recorded(): Promise<string> {
    const { startSafeMode } = await this.product.graphql<{ startSafeMode: { id: string } }>(
      'mutation ($input: StartSafeModeInput!) { startSafeMode(input: $input) { id } }',
      { input: { unitId: this.id } },
    );
    const value = ++this.value;
    for (let number = 0; number < together; number++)
      await this.set(`together.${number}`, value, startSafeMode.id);
    return startSafeMode.id;
  }

  private async applied(id: string): Promise<void> {
    const { applySafeMode } = await this.product.graphql<{ applySafeMode: { __typename: string } }>(
      'mutation ($input: ApplySafeModeInput!) { applySafeMode(input: $input) { __typename } }',
      { input: { id, revision: together + 1 } },
    );
    if (applySafeMode.__typename !== 'SafeModeApplied') throw new Error(applySafeMode.__typename);
  }

  private set(key: string, value: unknown, safeMode?: string): Promise<unknown> {
    return this.product.graphql(setKey, { input: { unitId: this.id, key, value } }, safeMode);
  }
}

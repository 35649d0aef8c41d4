import { z } from 'zod';
import { changeCauses } from '../unit/unit.entity';
import { type TopicPayloads } from './topics';

/** A message on its way to other servers: the arguments of `Topics.publish`. */
export type Message = {
  [T in keyof TopicPayloads]: [topic: T, ...TopicPayloads[T]];
}[keyof TopicPayloads];

const id = z.string().min(1);

const message = z.union([
  z.tuple([
    z.literal('unitChanged'),
    id,
    z.object({
      unitId: id,
      revision: z.number(),
      cause: z.enum(changeCauses),
      byUserId: z.string().nullable(),
      at: z.coerce.date(),
    }),
  ]),
  z.tuple([z.literal('job'), id, z.object({ jobId: id })]),
  z.tuple([z.literal('presence'), id, z.object({ unitId: id })]),
  z.tuple([z.literal('accessRevoked'), z.object({ accessId: id })]),
]);

export const toWire = (said: Message): string => JSON.stringify(said);

/** Nothing where it is none that this version knows: the other server may be older or newer. */
export function fromWire(text: string): Message | undefined {
  try {
    return message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

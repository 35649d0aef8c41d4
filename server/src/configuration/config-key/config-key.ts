import { type Json } from '../../change/core/json';

/** The key is also the id. */
export type ConfigKey = {
  key: string;
  /** Never null. */
  value: Json;
  description?: string;
  secret: boolean;
};

import type { Adapter, StoredPayload } from 'oidc-provider';
import { z } from 'zod';
import { readFileIfThere, writeFileAtomically } from '../supervisor/files';

const recordSchema = z.object({
  payload: z.record(z.string(), z.unknown()),
  /** Milliseconds since the epoch. */
  expiresAt: z.number().optional(),
});
const fileSchema = z.record(z.string(), recordSchema);

type StoredRecord = z.infer<typeof recordSchema>;

/** Sessions, grants and tokens, in one file: few people sign in here. A call is done when the file holds its change. */
export class OidcStore {
  readonly #file: string;
  readonly #now: () => number;
  readonly #records: Map<string, StoredRecord>;
  #writing: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  private constructor(file: string, now: () => number, records: Map<string, StoredRecord>) {
    this.#file = file;
    this.#now = now;
    this.#records = records;
  }

  /**
   * Opens the file, or begins one.
   * @param now - milliseconds since the epoch
   */
  static async open(file: string, now: () => number = Date.now): Promise<OidcStore> {
    const text = await readFileIfThere(file);
    const records = text === undefined ? {} : fileSchema.parse(JSON.parse(text));
    return new OidcStore(file, now, new Map(Object.entries(records)));
  }

  /** The records of one kind, as oidc-provider wants them. */
  adapter(model: string): Adapter {
    const key = (id: string) => `${model}:${id}`;
    const findBy = (field: 'uid' | 'userCode', value: string) =>
      this.#entries().find(
        ([name, { payload }]) => name.startsWith(`${model}:`) && payload[field] === value,
      )?.[1].payload;
    return {
      upsert: (id, payload, expiresIn) => {
        const expiresAt = expiresIn === undefined ? undefined : this.#now() + expiresIn * 1000;
        this.#records.set(key(id), { payload: { ...payload }, expiresAt });
        return this.#save();
      },
      find: async id => this.#live(this.#records.get(key(id)))?.payload as StoredPayload,
      findByUid: async uid => findBy('uid', uid),
      findByUserCode: async code => findBy('userCode', code),
      consume: async id => {
        const record = this.#records.get(key(id));
        if (!record) return;
        record.payload.consumed = Math.floor(this.#now() / 1000);
        await this.#save();
      },
      destroy: id => {
        this.#records.delete(key(id));
        return this.#save();
      },
      revokeByGrantId: grantId => {
        for (const [name, { payload }] of this.#entries()) {
          if (payload.grantId === grantId) this.#records.delete(name);
        }
        return this.#save();
      },
    };
  }

  #live(record: StoredRecord | undefined): StoredRecord | undefined {
    return record?.expiresAt === undefined || record.expiresAt > this.#now() ? record : undefined;
  }

  #entries(): Array<[string, StoredRecord]> {
    return [...this.#records].filter(([, record]) => this.#live(record));
  }

  /** Writes once for all changes that come while a write is under way. */
  #save(): Promise<void> {
    this.#waiting ??= this.#writing.then(() => {
      this.#waiting = undefined;
      this.#writing = this.#write();
      return this.#writing;
    });
    return this.#waiting;
  }

  #write(): Promise<void> {
    for (const [name, record] of this.#records) {
      if (!this.#live(record)) this.#records.delete(name);
    }
    return writeFileAtomically(this.#file, JSON.stringify(Object.fromEntries(this.#records)));
  }
}

import type { ImageReference } from '../locate/imageReference';
import { digestPattern } from '../tenantFile/tenantImage';
import { RegistryFault, type ImageAnswer } from './imageAnswer';
import { RegistryClient } from './RegistryClient';
import { registryImage, type RegistryImage } from './registryImage';
import { settingsFor, type RegistrySettings } from './registrySettings';

/** How registries are asked. */
export interface ImageRegistryOptions {
  /** Milliseconds that all requests for one image may take together. Default: 10,000 */
  timeoutMs?: number;
  /** Images that are asked for at a time. Default: 6 */
  concurrency?: number;
  /** Milliseconds, as `Date.now`. */
  now?: () => number;
}

/** Seconds for which an answer counts; that of a digest always does, because its content cannot change. */
const lifetimes = { exists: 60, absent: 10, unknown: 5 };

/** Answers that are kept; the oldest go first. */
const maxAnswers = 5_000;

/** Says whether images exist. Only the registries that it is given are asked. */
export class ImageRegistry {
  private readonly clients = new Map<RegistrySettings, RegistryClient>();
  private readonly answers = new Map<string, { answer: Promise<ImageAnswer>; until: number }>();
  private readonly waiting: Array<() => void> = [];
  private free: number;
  private readonly timeoutMs: number;
  private readonly now: () => number;

  constructor(
    private readonly registries: readonly RegistrySettings[],
    { timeoutMs = 10_000, concurrency = 6, now = Date.now }: ImageRegistryOptions = {},
  ) {
    this.timeoutMs = timeoutMs;
    this.free = concurrency;
    this.now = now;
  }

  /** Whether the registry of an image has it. Never throws for what a registry does: that is `unknown`. */
  async lookUp(image: ImageReference): Promise<ImageAnswer> {
    const wanted = registryImage(image);
    if (!wanted) return { kind: 'unknown', reason: 'no registry can have an image of that name' };
    const settings = settingsFor(this.registries, wanted);
    if (!settings) {
      return { kind: 'unknown', reason: `${wanted.registry} is none of the registries to ask` };
    }
    const key = [wanted.registry, wanted.repository, wanted.reference].join(' ');
    const kept = this.answers.get(key);
    if (kept && kept.until > this.now()) return kept.answer;
    const answer = this.inTurn(() => this.ask(settings, wanted));
    // Who asks meanwhile waits for the same answer.
    this.keep(key, answer, Infinity);
    const { kind } = await answer.catch((error: unknown) => {
      this.answers.delete(key);
      throw error;
    });
    const isForever = kind === 'exists' && digestPattern.test(wanted.reference);
    this.keep(key, answer, isForever ? Infinity : this.now() + lifetimes[kind] * 1000);
    return answer;
  }

  private async ask(settings: RegistrySettings, image: RegistryImage): Promise<ImageAnswer> {
    const client = this.clients.get(settings) ?? new RegistryClient(settings, this.now);
    this.clients.set(settings, client);
    try {
      return await client.lookUp(image, AbortSignal.timeout(this.timeoutMs));
    } catch (error) {
      if (!(error instanceof RegistryFault)) throw error;
      return { kind: 'unknown', reason: error.message };
    }
  }

  private keep(key: string, answer: Promise<ImageAnswer>, until: number): void {
    this.answers.delete(key);
    this.answers.set(key, { answer, until });
    const [oldest] = this.answers.keys();
    if (this.answers.size > maxAnswers) this.answers.delete(oldest);
  }

  private async inTurn<T>(task: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>(resolve => this.waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}

/** What is wrong with a reference to an image that does not exist, as a sentence, and the cure. */
export function imageAbsence({ name, tag, digest }: ImageReference): {
  problem: string;
  cure: string;
} {
  return {
    problem: `the registry has no ${digest ?? tag ?? 'latest'} of ${name}`,
    cure: 'push the image first, or name a version that is there',
  };
}

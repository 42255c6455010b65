/** What to do about hints. */
export interface HintHandlers {
  /** How long hints are gathered, in milliseconds: they come in bursts, and one reading answers all of a burst. */
  gatherFor: number;
  /** More tenants than this at once are taken for all. */
  most: number;
  /** Some tenants have changed. */
  onTenants: (tenants: ReadonlySet<string>) => Promise<void>;
  /** Anything may have changed. */
  onAll: () => Promise<void>;
}

/**
 * Gathers hints that something changed and hands them on, never two readings of a kind at a time: while one is under
 * way, the next burst grows. The handlers have to deal with their failures.
 *
 * @param signal - ends it
 * @returns takes the names of tenants that changed; none means all
 */
export function createHintQueue(
  { gatherFor, most, onTenants, onAll }: HintHandlers,
  signal: AbortSignal,
): (tenants: readonly string[]) => void {
  const waiting = { tenants: new Set<string>(), all: false };
  const busy = { tenants: false, all: false };
  const timers = new Set<ReturnType<typeof setTimeout>>();
  signal.addEventListener('abort', () => timers.forEach(timer => clearTimeout(timer)));

  const run = async (kind: 'tenants' | 'all') => {
    const changed = new Set(waiting.tenants);
    waiting.tenants.clear();
    if (kind === 'all') waiting.all = false;
    try {
      if (kind === 'all') await onAll();
      else if (changed.size > 0) await onTenants(changed);
    } finally {
      busy[kind] = false;
      look();
    }
  };

  function look(): void {
    if (signal.aborted) return;
    if (waiting.tenants.size > most) waiting.all = true;
    const kind = waiting.all ? 'all' : 'tenants';
    const isWaiting = waiting.all || waiting.tenants.size > 0;
    if (!isWaiting || busy[kind]) return;
    busy[kind] = true;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run(kind);
    }, gatherFor);
    timers.add(timer);
  }

  return tenants => {
    tenants.forEach(tenant => waiting.tenants.add(tenant));
    waiting.all ||= tenants.length === 0;
    look();
  };
}

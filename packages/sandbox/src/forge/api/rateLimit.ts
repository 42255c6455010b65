import type { RequestHandler, Response } from 'express';
import { viewer } from './context';

/** Calls that each caller has made in this hour. Nothing is refused for it: it only feeds the headers. */
export function rateLimit(): { middleware: RequestHandler; describe(res: Response): object } {
  const limit = 5000;
  let used = new Map<string, number>();
  let reset = 0;
  const core = (res: Response) => {
    const count = used.get(viewer(res) ?? '') ?? 0;
    return { limit, used: count, remaining: Math.max(limit - count, 1), reset };
  };
  return {
    middleware: (req, res, next) => {
      const now = Math.trunc(Date.now() / 1000);
      if (now >= reset) {
        used = new Map();
        reset = now + 3600;
      }
      const key = viewer(res) ?? '';
      // A look at the limit costs nothing, and a 304 costs nothing on GitHub: revalidations are not counted.
      const free = req.path.endsWith('/rate_limit') || req.get('if-none-match') !== undefined;
      used.set(key, (used.get(key) ?? 0) + (free ? 0 : 1));
      const { remaining, used: count } = core(res);
      res.set({
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(remaining),
        'X-RateLimit-Used': String(count),
        'X-RateLimit-Reset': String(reset),
        'X-RateLimit-Resource': 'core',
      });
      next();
    },
    describe: res => {
      const rate = core(res);
      const others = ['search', 'graphql', 'integration_manifest', 'code_search'];
      const resources = Object.fromEntries(['core', ...others].map(name => [name, rate]));
      return { resources, rate };
    },
  };
}

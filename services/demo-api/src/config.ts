import { isLogLevel, logLevels, type LogLevel } from './log';

/** What the service reads from its environment, once, at start. */
export interface Config {
  /** Address to listen on. */
  host: string;
  /** TCP port to listen on; 0 lets the system choose. */
  port: number;
  /** Whom this instance serves. */
  tenant: string;
  /** The version that runs, which is the tag of its image. */
  version: string;
  /** The commit that the version was built from. */
  commit: string;
  /** Share of the requests to `/` and `/work` that fail on purpose, 0 to 1. */
  faultRatio: number;
  /** The least important level that is still written. */
  logLevel: LogLevel;
  /** How long requests in flight may take to end after SIGTERM, in milliseconds. */
  shutdownMilliseconds: number;
}

/** A variable of the environment holds something that cannot be used. The message names it. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration.
 *
 * @throws ConfigError naming every variable that is wrong and what it must be.
 */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];

  const text = (name: string, fallback: string): string => environment[name]?.trim() || fallback;
  const number = (
    name: string,
    fallback: number,
    rule: { what: string; accepts: (value: number) => boolean },
  ): number => {
    const raw = environment[name]?.trim();
    if (!raw) return fallback;
    const value = Number(raw);
    if (Number.isFinite(value) && rule.accepts(value)) return value;
    problems.push(`${name} must be ${rule.what}, not ${JSON.stringify(raw)}`);
    return fallback;
  };
  const logLevel = text('LOG_LEVEL', 'info').toLowerCase();
  if (!isLogLevel(logLevel)) {
    problems.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}, not "${logLevel}"`);
  }

  const config: Config = {
    host: text('HOST', '0.0.0.0'),
    port: number('PORT', 8000, {
      what: 'a TCP port (0 to 65535)',
      accepts: value => Number.isInteger(value) && value >= 0 && value <= 65_535,
    }),
    tenant: text('TENANT', 'none'),
    version: text('VERSION', 'development'),
    commit: text('COMMIT', 'unknown'),
    faultRatio: number('FAULT_RATIO', 0, {
      what: 'a number from 0 to 1',
      accepts: value => value >= 0 && value <= 1,
    }),
    logLevel: isLogLevel(logLevel) ? logLevel : 'info',
    shutdownMilliseconds:
      1000 *
      number('SHUTDOWN_SECONDS', 10, {
        what: 'a number of seconds from 0 to 300',
        accepts: value => value >= 0 && value <= 300,
      }),
  };
  if (problems.length > 0) throw new ConfigError(problems.join('; '));
  return config;
}

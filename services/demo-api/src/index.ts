export { createApp, type AppOptions, type Phase } from './app';
export { ConfigError, readConfig, type Config } from './config';
export { createLog, type Log, type LogLevel } from './log';
export { startService, type RunningService } from './server';

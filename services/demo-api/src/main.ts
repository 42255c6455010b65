import { ConfigError, readConfig } from './config';
import { createLog } from './log';
import { startService } from './server';

async function main(): Promise<void> {
  const write = (line: string) => process.stdout.write(line);
  const config = readConfig(process.env);
  const { tenant, version } = config;
  const log = createLog({ level: config.logLevel, constant: { tenant, version }, write });
  const service = await startService(config, log);

  const end = async (signal: string) => {
    log('info', `${signal} received`);
    const { drained } = await service.stop();
    log(drained ? 'info' : 'warn', drained ? 'stopped' : 'stopped with requests in flight');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void end(signal));
  }
}

main().catch((error: Error) => {
  const log = createLog({
    level: 'error',
    constant: {},
    write: line => process.stdout.write(line),
  });
  // A wrong setting is the operator's to read; for anything else the stack says where to look.
  log('error', error.message, error instanceof ConfigError ? {} : { stack: error.stack });
  process.exitCode = 1;
});

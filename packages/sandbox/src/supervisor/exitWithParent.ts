/**
 * Preloaded (`node --require`) into the portal's process: ends it in an orderly way when the supervisor is gone, however it
 * went, and in bounded time. The portal itself knows nothing of the embedded platform.
 */

/** Milliseconds that are enough to stop every plugin. */
const shutdownMs = 2500;

process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The listener alone must not keep the process alive.
process.channel?.unref();

process.once('SIGTERM', () => {
  // The HTTP server would wait for its last connection, and event streams of open pages never end.
  setTimeout(() => process.exit(0), shutdownMs).unref();
});

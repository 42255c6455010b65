/**
 * Preloaded (`node --require`) into the portal's process: ends it in an orderly way when the supervisor is gone, however it
 * went. The portal itself knows nothing of the embedded platform.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The listener alone must not keep the process alive.
process.channel?.unref();

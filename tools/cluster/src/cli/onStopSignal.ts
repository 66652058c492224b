/** Calls back at the first Ctrl-C, `kill` or closed terminal, instead of ending the process. */
export function onStopSignal(callback: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, callback);
  }
}

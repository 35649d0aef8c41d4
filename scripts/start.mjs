// Builds what is missing and runs the server in this very process, so that a signal to npm reaches it.
await import('./build.mjs');

// Ctrl-C arrives twice, from the terminal and from npm: the second one must not cut the clean stop short.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});

await import('../server/dist/main.js');

import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { BenchPortal, type BenchPortalOptions } from './BenchPortal';

/** A portal with the Kubernetes plugin in a process of its own; tells its address. */
async function main([options]: string[]) {
  const { clusters, files }: BenchPortalOptions = JSON.parse(options);
  const portal = await BenchPortal.start({
    clusters,
    files,
    features: [kubernetesPlugin],
  });
  // Whoever started it is gone.
  process.once('disconnect', () => portal.stop().finally(() => process.exit()));
  process.send?.({ url: portal.url });
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(String(error));
  process.exit(1);
});

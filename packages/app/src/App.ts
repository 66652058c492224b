import { createApp } from '@backstage/frontend-defaults';

// Every plugin is found through this package's dependencies (`app.packages: all`).
export default createApp();

import {fileURLToPath} from 'node:url';
import {defaultClientConditions, defineConfig, type Plugin} from 'vite';
import {pagePolicy} from './core/content-policy.ts';

const page = (name: string) => fileURLToPath(new URL(`client/${name}.html`, import.meta.url));

/** Writes the policy into the built pages, for storage that sends no headers of its own. */
const policy: Plugin = {
  name: 'policy',
  apply: 'build',
  transformIndexHtml: () => [
    {tag: 'meta', attrs: {'http-equiv': 'Content-Security-Policy', content: pagePolicy}, injectTo: 'head-prepend'},
  ],
};

export default defineConfig({
  plugins: [policy],
  root: 'client',
  // Relative links: the page works below any path and from object storage.
  base: './',
  // luma.gl leaves WebGPU out under this condition.
  resolve: {conditions: ['visgl:webgl-only', ...defaultClientConditions]},
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    modulePreload: {polyfill: false},
    // MapLibre, which is loaded when somebody chooses a base map of it.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {input: {index: page('index'), raster: page('raster')}},
  },
  // MapLibre's worker is a module.
  worker: {format: 'es'},
});

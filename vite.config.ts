import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vite';

const page = (name: string) => fileURLToPath(new URL(`client/${name}.html`, import.meta.url));

export default defineConfig({
  root: 'client',
  // Relative links: the page works below any path and from object storage.
  base: './',
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    modulePreload: {polyfill: false},
    rolldownOptions: {input: {raster: page('raster')}},
  },
  // MapLibre's worker is a module.
  worker: {format: 'es'},
});

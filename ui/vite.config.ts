import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { first_texts } from './build/first_texts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.HEZHI_OFFICE ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue(), first_texts()],
  server: { proxy: { '/api': server } },
  build: {
    manifest: true, // read by build/finish.mjs, which then removes it
    assetsInlineLimit: 0, // the content security policy allows no data: fonts or scripts
    rolldownOptions: {
      input: { console: here('index.html'), phone: here('m/index.html') },
      output: {
        // Few files instead of forty crumbs: the libraries and our shared code are one each.
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules\/(vue|@vue|vue-router|openapi-fetch)\// },
            { name: 'element', test: /node_modules\/(element-plus|@element-plus|@vueuse|@popperjs|lodash|dayjs)/, minShareCount: 2 },
            { name: 'shared', test: /ui\/shared\/(?!(texts|generated)\/.*\?rest|texts\/en)/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['build/whole_texts.ts'],
    include: ['{console,phone,shared}/**/*.test.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})

import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.HEZHI_OFFICE ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue()],
  // vue-i18n reads these at compile time: no legacy API, no tools, messages run without eval.
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
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
            { name: 'vue', test: /node_modules\/(vue|@vue|vue-router|vue-i18n|@intlify|openapi-fetch)\// },
            { name: 'element', test: /node_modules\/(element-plus|@element-plus|@vueuse|@popperjs|lodash|dayjs)/, minShareCount: 2 },
            { name: 'shared', test: /ui\/shared\/(?!texts\/en)/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['{console,phone,shared}/**/*.test.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})

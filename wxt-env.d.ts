/// <reference types="wxt/vite-builder-env" />

import type { Catalogue } from '../catalogue.ts';

export const help: Catalogue['help'] = {
  help: {
    title: '帮助',
    close: '关闭帮助',
    documents: '文档',
    titles: {
      README: '关于面板',
      configuration: '配置',
      comfyvn: '与 ComfyVN 配合使用',
      clients: '其他客户端',
      'adding-a-check': '添加检查',
      'adding-a-provider': '添加提供商',
      presets: '预设',
      trials: '评测',
      'model-rules': '模型参数',
      'command-line': '命令行',
      troubleshooting: '疑难解答',
      security: '安全',
      studio: '多台计算机',
      systems: 'Windows、macOS、Linux',
      performance: '性能',
      architecture: '架构',
    },
  },
};

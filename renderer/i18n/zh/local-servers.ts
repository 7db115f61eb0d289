import type { Catalogue } from '../catalogue.ts';

export const localServers: Catalogue['localServers'] = {
  localServers: {
    title: '本地服务器',
    look: '查找本地服务器',
    again: '重新查找',
    looking: '正在查找，最多一秒…',
    intro: '仅查询本机地址：LM Studio 和 Ollama 的常用地址，以及您的提供商所用的地址。',
    found: (count) => (count === 0 ? '未找到服务器。' : `找到 ${count} 个服务器`),
    status: {
      found: '有响应',
      nothing: '无服务',
      error: '不是模型服务器',
    },
    models: (count) => `${count} 个模型`,
    noModels: '尚无模型：请在该服务器中加载或下载模型，然后重新查找。',
    model: '模型',
    tryIt: '在测试台中试用',
    keep: '保存列表',
    keepHint: '将其模型添加到注册表；已有内容保持不变',
    allKnown: '其所有模型都已在注册表中',
    makeActive: '用于模块…',
    kept: (count, label) => `已将 ${label} 的 ${count} 个模型添加到注册表`,
    nothingNew: (label) => `${label} 的所有模型都已在注册表中`,
    serves: (model, module) => `${module} 现在使用 ${model}`,
  },
};

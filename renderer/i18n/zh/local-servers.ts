import type { Catalogue } from '../catalogue.ts';

export const localServers: Catalogue['localServers'] = {
  localServers: {
    title: '本地服务器',
    look: '查找本地服务器',
    again: '重新查找',
    looking: '正在查找，最多一秒…',
    intro: '仅查询本机地址：LM Studio 和 Ollama 的常用地址，以及您的提供商所用的地址。',
    found: (count) => (count === 0 ? '未找到服务器。' : `找到 ${count} 个服务器`),
    needKey: (count) => `${count} 个服务器要求密钥`,
    failing: (count) => `${count} 个地址有响应，但没有模型列表`,
    status: {
      found: '有响应',
      needs_key: '要求密钥',
      nothing: '无响应',
      error: '有响应，但没有模型列表',
    },
    advice: {
      nothing: (adapter) =>
        adapter === 'lmstudio'
          ? '请在 LM Studio 的开发者页面启动服务器，或更正地址。'
          : adapter === 'ollama'
            ? '请启动 Ollama（ollama serve），或更正地址。'
            : '请启动服务器，或更正地址。',
      error: () => '请确认该地址属于模型服务器，并包含版本号，例如 /v1。',
    },
    openAddress: '打开地址设置',
    addServer: '添加服务器',
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

// What llama.cpp needs of VK_EXT_layer_settings where Vulkan's own headers are older than it.
//
// The extension came in January 2024 (headers 1.3.272); Debian 12 has 1.3.239. llama.cpp names its
// types whether or not they are used: they only matter to the validation layer of its developers.
// The layout is that of the Vulkan specification. A driver that does not know the structure
// passes over it, as it must for all it does not know.
#pragma once

#include <cstdint>
#include <vector>

namespace vk {

enum class LayerSettingTypeEXT : std::uint32_t { eBool32 = 0 };

struct LayerSettingEXT {
    const char * layer_name;
    const char * setting_name;
    LayerSettingTypeEXT type;
    std::uint32_t value_count;
    const void * values;
};

struct LayerSettingsCreateInfoEXT {
    explicit LayerSettingsCreateInfoEXT(const std::vector<LayerSettingEXT> & list)
        : count(static_cast<std::uint32_t>(list.size())), settings(list.data()) {}

    std::uint32_t type = 1000496000;  // VK_STRUCTURE_TYPE_LAYER_SETTINGS_CREATE_INFO_EXT
    const void * next = nullptr;
    std::uint32_t count;
    const LayerSettingEXT * settings;
};

}  // namespace vk

// Texts in JSON: what stands for itself and what does not, wherever it stands.
#include "base/json.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace hezhi {
namespace {

std::string written(std::string_view text) {
    JsonWriter out;
    out.text(text);
    return out.take();
}

TEST(JsonTexts, EveryByteAtEveryPlaceIsReadBackAsItWas) {
    for (std::size_t length = 1; length <= 20; ++length) {
        for (std::size_t at = 0; at < length; ++at) {
            for (int byte = 0; byte < 0x80; ++byte) {
                std::string text(length, 'a');
                text[at] = static_cast<char>(byte);
                if (at > 0) text[at - 1] = '\x7f';
                ASSERT_EQ(boost::json::parse(written(text)).as_string(), text)
                    << byte << " at " << at << " of " << length;
            }
        }
    }
}

TEST(JsonTexts, ChineseStandsForItselfAndNeighboursOfAnEscapeDoToo) {
    EXPECT_EQ(written("接单·𬱖㐂服务对象"), "\"接单·𬱖㐂服务对象\"");
    EXPECT_EQ(written("说“好”的\n人\"们\\都 来"), "\"说“好”的\\n人\\\"们\\\\都 来\"");
    EXPECT_EQ(written("\x01!\x1f!"), "\"\\u0001!\\u001f!\"");
    EXPECT_EQ(written(""), "\"\"");
}

}  // namespace
}  // namespace hezhi

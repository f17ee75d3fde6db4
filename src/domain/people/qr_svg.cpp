#include <qrencode.h>

#include "domain/people/people.h"

namespace hezhi::people {
namespace {

constexpr int quiet_zone = 4;  // modules around the code, as the standard asks

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

QrCode qr_code(std::string_view text) {
    std::string terminated(text);
    // Level M survives a fold or a stain on paper.
    std::unique_ptr<QRcode, FreeCode> code(
        QRcode_encodeString8bit(terminated.c_str(), 0, QR_ECLEVEL_M));
    HEZHI_ASSERT(code != nullptr);
    QrCode made{code->width, {}};
    for (int i = 0; i < code->width * code->width; ++i) {
        made.dark.push_back((code->data[i] & 1) != 0);
    }
    return made;
}

std::string qr_svg(std::string_view text) {
    QrCode code = qr_code(text);
    auto dark = [&](int x, int y) {
        return code.dark[static_cast<std::size_t>(y * code.width + x)];
    };
    std::string path;
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width;) {
            int run = 0;
            while (x + run < code.width && dark(x + run, y)) ++run;
            if (run > 0) {
                std::string length = std::to_string(run);
                path += "M" + std::to_string(x + quiet_zone) + " " +
                        std::to_string(y + quiet_zone) + "h" + length + "v1h-" + length + "z";
            }
            x += run > 0 ? run : 1;
        }
    }
    std::string side = std::to_string(code.width + 2 * quiet_zone);
    return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + " " + side +
           R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + side + "v" + side +
           "h-" + side + R"(z"/><path fill="#000" d=")" + path + R"("/></svg>)";
}

}  // namespace hezhi::people

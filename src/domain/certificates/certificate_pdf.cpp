// The paper: drawn with Pango and cairo, which shape the text, find a face for rare characters and
// embed what was used of it. The only file that includes them.
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <map>

#include "domain/certificates/certificates.h"

namespace hezhi::certificates {
namespace {

// Points; A4.
constexpr double page_width = 595.28;
constexpr double page_height = 841.89;
constexpr double margin = 56;
constexpr double inner_width = page_width - 2 * margin;
constexpr double foot_y = page_height - 36;
constexpr double last_line_y = page_height - 64;  // nothing of the body below
constexpr double label_width = 104;
constexpr double qr_side = 92;

constexpr const char* family = "Noto Sans CJK SC";
constexpr const char* title_family = "Noto Serif CJK SC";

struct GFree {
    void operator()(void* object) const { g_object_unref(object); }
};
struct DescriptionFree {
    void operator()(PangoFontDescription* one) const { pango_font_description_free(one); }
};
struct SurfaceFree {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextFree {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

struct Phrase {
    const char* zh;
    const char* en;
};

bool has_family(PangoFontMap* fonts) {
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(fonts, &families, &count);
    bool found = std::any_of(families, families + count, [](PangoFontFamily* one) {
        return std::string_view(pango_font_family_get_name(one)) == family;
    });
    g_free(families);
    return found;
}

enum class Align { left, center, right };

// Pages, one under the other; y runs down.
class Sheet {
  public:
    Sheet(PangoFontMap* fonts, std::string& out)
        : surface_(cairo_pdf_surface_create_for_stream(
              [](void* to, const unsigned char* bytes, unsigned int count) {
                  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes),
                                                        count);
                  return CAIRO_STATUS_SUCCESS;
              },
              &out, page_width, page_height)),
          context_(cairo_create(surface_.get())),
          pango_(pango_font_map_create_context(fonts)) {
        pango_context_set_language(pango_.get(), pango_language_from_string("zh-cn"));
    }

    // What programs show as the file's properties. The time is the paper's own, never the clock's.
    void describe(const std::string& title, Instant at) {
        auto put = [&](cairo_pdf_metadata_t which, const std::string& text) {
            cairo_pdf_surface_set_metadata(surface_.get(), which, text.c_str());
        };
        put(CAIRO_PDF_METADATA_TITLE, title);
        put(CAIRO_PDF_METADATA_CREATOR, "Hezhi");
        put(CAIRO_PDF_METADATA_CREATE_DATE, to_string(at));
        put(CAIRO_PDF_METADATA_MOD_DATE, to_string(at));
    }

    // Returns the height of what was written.
    double text(double x, double y, double width, const std::string& words, double size,
                Align align = Align::left, bool bold = false, const char* face = family) {
        auto layout = lay(words, width, size, bold, face);
        pango_layout_set_alignment(layout.get(), align == Align::center  ? PANGO_ALIGN_CENTER
                                                 : align == Align::right ? PANGO_ALIGN_RIGHT
                                                                         : PANGO_ALIGN_LEFT);
        cairo_set_source_rgb(context_.get(), 0.08, 0.1, 0.12);
        cairo_move_to(context_.get(), x, y);
        pango_cairo_show_layout(context_.get(), layout.get());
        return height_of(layout.get());
    }

    double height(double width, const std::string& words, double size) {
        return height_of(lay(words, width, size, false, family).get());
    }

    void line(double y, double shade = 0.75) {
        cairo_set_source_rgb(context_.get(), shade, shade, shade);
        cairo_set_line_width(context_.get(), 0.6);
        cairo_move_to(context_.get(), margin, y);
        cairo_line_to(context_.get(), page_width - margin, y);
        cairo_stroke(context_.get());
    }

    void qr(double x, double y, const std::string& link) {
        auto code = people::qr_code(link);
        double module = qr_side / code.width;
        cairo_set_source_rgb(context_.get(), 0, 0, 0);
        for (int row = 0; row < code.width; ++row) {
            for (int column = 0; column < code.width; ++column) {
                if (!code.dark[static_cast<std::size_t>(row * code.width + column)]) continue;
                cairo_rectangle(context_.get(), x + column * module, y + row * module, module,
                                module);
            }
        }
        cairo_fill(context_.get());
    }

    void next_page() { cairo_show_page(context_.get()); }

    // True if all of it was written.
    bool finish() {
        cairo_show_page(context_.get());
        cairo_surface_finish(surface_.get());
        return cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS;
    }

  private:
    using Layout = std::unique_ptr<PangoLayout, GFree>;

    Layout lay(const std::string& words, double width, double size, bool bold, const char* face) {
        Layout layout(pango_layout_new(pango_.get()));
        std::unique_ptr<PangoFontDescription, DescriptionFree> font(pango_font_description_new());
        pango_font_description_set_family(font.get(), face);
        pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
        if (bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_text(layout.get(), words.data(), static_cast<int>(words.size()));
        return layout;
    }
    static double height_of(PangoLayout* layout) {
        int height = 0;
        pango_layout_get_size(layout, nullptr, &height);
        return static_cast<double>(height) / PANGO_SCALE;
    }

    std::unique_ptr<cairo_surface_t, SurfaceFree> surface_;
    std::unique_ptr<cairo_t, ContextFree> context_;
    std::unique_ptr<PangoContext, GFree> pango_;
};

// The sum of one kind of service.
struct Kind {
    std::int64_t minutes = 0;
    std::int64_t records = 0;
};

class CertificateDrawing {
  public:
    CertificateDrawing(Sheet& sheet, const CertificatePaper& paper)
        : sheet_(sheet), content_(paper.content), paper_(paper) {}

    void draw() {
        head();
        star();
        statement();
        kinds();
        issuer();
        check();
        records();
        foot();
    }

  private:
    std::string say(const Phrase& phrase) const { return paper_.english ? phrase.en : phrase.zh; }

    std::string day(Instant at) const {
        std::string iso = hezhi::to_string(day_of(at));
        if (paper_.english) return iso;
        return iso.substr(0, 4) + "年" + std::to_string(std::stoi(iso.substr(5, 2))) + "月" +
               std::to_string(std::stoi(iso.substr(8, 2))) + "日";
    }

    std::string time(std::int64_t minutes) const {
        std::string hours = std::to_string(minutes / 60), rest = std::to_string(minutes % 60);
        if (paper_.english) return hours + " h " + rest + " min";
        return hours + " 小时 " + rest + " 分钟";
    }

    std::string count(std::int64_t records) const {
        return std::to_string(records) + say({" 次", records == 1 ? " time" : " times"});
    }

    void new_page() {
        foot();
        sheet_.next_page();
        ++page_;
        y_ = margin;
    }
    void need(double height) {
        if (y_ + height > last_line_y) new_page();
    }

    void row(const Phrase& label, const std::string& value) {
        double height = sheet_.height(inner_width - label_width, value, 11);
        need(height + 12);
        sheet_.text(margin, y_ + 6, label_width, say(label), 11);
        sheet_.text(margin + label_width, y_ + 6, inner_width - label_width, value, 11);
        y_ += height + 12;
        sheet_.line(y_);
    }

    void head() {
        y_ = margin + 8;
        y_ += sheet_.text(margin, y_, inner_width, paper_.title, 26, Align::center, true,
                          title_family);
        y_ += 10;
        y_ += sheet_.text(margin, y_, inner_width, say({"编号：", "No. "}) + content_.number, 11,
                          Align::center);
        y_ += 14;
        sheet_.line(y_);
        row({"姓名", "Name"}, content_.name);
        bool known = !content_.document_number.empty();
        row({"证件类型", "Document"},
            known ? (paper_.english ? content_.document_en : content_.document_zh)
                  : say({"未登记", "none registered"}));
        row({"证件号码", "Number"},
            known ? content_.document_number : say({"未登记", "none registered"}));
        if (content_.volunteer_number) {
            std::string of =
                (paper_.english ? content_.volunteer_register_en : content_.volunteer_register_zh)
                    .value_or("");
            row({"志愿者编号", "Volunteer No."},
                *content_.volunteer_number + say({"（", " ("}) + of + say({"）", ")"}));
            row({"平台编号", "Platform No."}, std::to_string(content_.person.value));
        } else {
            row({"志愿者编号", "Volunteer No."}, std::to_string(content_.person.value));
        }
        row({"服务期间", "Period"},
            day(content_.from) + say({" 至 ", " to "}) + day(content_.until - Millis(1)));
        row({"服务时间", "Time served"},
            time(content_.minutes) + say({"，共 ", ", "}) + count(std::ssize(content_.records)));
    }

    void star() {
        const std::string& star = paper_.english ? content_.star_en : content_.star_zh;
        if (!star.empty()) row({"星级", "Stars"}, star);
    }

    void statement() {
        std::string text = say(
            {"兹证明以上人员自愿、无偿参加志愿服务，服务时间为实际服务时间，不含往返路程，记录见下"
             "。"
             "待确认和有争议的记录未载入。本证明免费出具。",
             "This is to certify that the person above volunteered without pay. The time is time "
             "served, without travel; the records follow. Records that wait for confirmation or "
             "are disputed are left out. Issued free of charge."});
        y_ += 10;
        y_ += sheet_.text(margin, y_, inner_width, text, 10.5) + 10;
    }

    void kinds() {
        std::map<std::string, Kind> sums;
        for (const auto& record : content_.records) {
            Kind& kind = sums[paper_.english ? record.category_en : record.category_zh];
            kind.minutes += record.minutes;
            ++kind.records;
        }
        y_ += sheet_.text(margin, y_, inner_width, say({"服务内容", "What was done"}), 12,
                          Align::left, true) +
              4;
        sheet_.line(y_);
        for (const auto& [name, kind] : sums) {
            need(22);
            sheet_.text(margin, y_ + 4, 280, name, 10.5);
            sheet_.text(margin + 290, y_ + 4, 60, count(kind.records), 10.5, Align::right);
            sheet_.text(margin + 360, y_ + 4, inner_width - 360, time(kind.minutes), 10.5,
                        Align::right);
            y_ += 21;
            sheet_.line(y_, 0.88);
        }
    }

    void issuer() {
        y_ += 12;
        need(214);
        sheet_.line(y_);
        row({"出具单位", "Issued by"}, content_.issuer_name + say({"（盖章）", " (seal)"}));
        row({"负责人", "In charge"}, content_.in_charge + say({"（签字）：", " (signature):"}));
        row({"经办人", "Handled by"}, content_.handler + say({"（签字）：", " (signature):"}));
        row({"联系方式", "Contact"}, content_.contact);
        row({"出具日期", "Date"}, day(content_.issued_at));
        row({"其他需要说明的事项", "Other notes"},
            content_.other_notes.value_or(say({"无", "none"})));
    }

    void check() {
        y_ += 12;
        need(qr_side + 8);
        sheet_.qr(margin, y_, paper_.link);
        double x = margin + qr_side + 16, width = inner_width - qr_side - 16;
        double y = y_ + sheet_.text(x, y_, width,
                                    say({"扫码，或打开以下网址，核验本证明：",
                                         "Scan, or open this address, to check the certificate:"}),
                                    9.5);
        y += sheet_.text(x, y + 2, width, paper_.link, 8.5) + 6;
        sheet_.text(x, y, width,
                    say({"流水第 ", "Fact "}) + std::to_string(paper_.id.value) +
                        say({" 条，内容摘要 ", ", content hash "}) + paper_.content_hash,
                    7.5);
        y_ += qr_side;
    }

    void records() {
        new_page();
        y_ += sheet_.text(margin, y_, inner_width, say({"服务记录", "Service records"}), 12,
                          Align::left, true) +
              4;
        sheet_.line(y_);
        for (const auto& record : content_.records) {
            const std::string& what = paper_.english ? record.category_en : record.category_zh;
            double height =
                std::max(sheet_.height(170, what, 9), sheet_.height(140, record.held_by, 9));
            need(height + 7);
            sheet_.text(margin, y_ + 3, 84, day(record.starts_at), 9);
            sheet_.text(margin + 88, y_ + 3, 170, what, 9);
            sheet_.text(margin + 264, y_ + 3, 140, record.held_by, 9);
            sheet_.text(margin + 404, y_ + 3, inner_width - 404, time(record.minutes), 9,
                        Align::right);
            y_ += height + 7;
            sheet_.line(y_, 0.88);
        }
    }

    void foot() {
        sheet_.text(margin, foot_y, inner_width,
                    content_.number + " · " + say({"第 ", "page "}) + std::to_string(page_) +
                        say({" 页", ""}),
                    8, Align::center);
    }

    Sheet& sheet_;
    const CertificateContent& content_;
    const CertificatePaper& paper_;
    double y_ = margin;
    int page_ = 1;
};

}  // namespace

Result<std::string> certificate_pdf(const CertificatePaper& paper) {
    // One of its own: Pango's default map belongs to the thread that first asked.
    std::unique_ptr<PangoFontMap, GFree> fonts(pango_cairo_font_map_new());
    if (!has_family(fonts.get())) return refuse(refusals::font_missing);
    std::string out;
    {
        Sheet sheet(fonts.get(), out);
        sheet.describe(paper.title + " " + paper.content.number, paper.content.issued_at);
        CertificateDrawing(sheet, paper).draw();
        if (!sheet.finish()) throw std::bad_alloc();  // the only thing that fails in memory
    }
    return out;
}

}  // namespace hezhi::certificates

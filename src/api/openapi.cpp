#include "api/openapi.h"

#include <map>
#include <vector>

namespace hezhi::api {
namespace {

class Document {
  public:
    explicit Document(const Routes& routes) : routes_(routes) {}

    std::string write(std::string_view version) {
        std::string paths = write_paths();  // also finds the components
        JsonWriter out;
        out.begin_object();
        out.key("components");
        out.begin_object();
        out.key("schemas");
        out.begin_object();
        std::map<std::string_view, const Shape*> done;
        while (done.size() < components_.size()) {  // writing one may find more
            auto found = components_;
            for (const auto& [name, shape] : found) {
                if (done.emplace(name, shape).second) bodies_[name] = record_schema(*shape);
            }
        }
        for (const auto& [name, body] : bodies_) {
            out.key(name);
            out.raw(body);
        }
        out.end_object();
        out.end_object();
        out.key("info");
        out.begin_object();
        out.key("title");
        out.text("Hezhi 合志");
        out.key("version");
        out.text(version);
        out.end_object();
        out.key("openapi");
        out.text("3.1.0");
        out.key("paths");
        out.raw(paths);
        out.end_object();
        return out.take();
    }

  private:
    std::string write_paths() {
        std::map<std::string, std::map<std::string, const Route*>> by_path;
        for (const Route& route : routes_) {
            by_path["/api" + std::string(route.path)][lower(http::to_string(route.method))] =
                &route;
        }
        JsonWriter out;
        out.begin_object();
        for (const auto& [path, methods] : by_path) {
            out.key(path);
            out.begin_object();
            for (const auto& [method, route] : methods) {
                out.key(method);
                write_operation(out, *route);
            }
            out.end_object();
        }
        out.end_object();
        return out.take();
    }

    void write_operation(JsonWriter& out, const Route& route) {
        out.begin_object();
        out.key("operationId");
        out.text(route.action);
        write_parameters(out, route);
        if (route.input) {
            out.key("requestBody");
            out.begin_object();
            out.key("content");
            write_content(out, *route.input);
            out.key("required");
            out.boolean(true);
            out.end_object();
        }
        out.key("responses");
        out.begin_object();
        out.key("200");
        out.begin_object();
        if (route.output) {
            out.key("content");
            write_content(out, *route.output);
        }
        out.key("description");
        out.text("done");
        out.end_object();
        out.key("default");
        out.begin_object();
        out.key("description");
        out.text("application/problem+json, RFC 9457");
        out.end_object();
        out.end_object();
        out.key("x-audience");
        out.text(label_of(route.audience));
        out.key("x-permission");
        out.text(route.permission);
        out.end_object();
    }

    void write_content(JsonWriter& out, const Shape& shape) {
        out.begin_object();
        out.key("application/json");
        out.begin_object();
        out.key("schema");
        write_schema(out, shape);
        out.end_object();
        out.end_object();
    }

    void write_parameters(JsonWriter& out, const Route& route) {
        out.key("parameters");
        out.begin_array();
        std::string_view path = route.path;
        for (auto at = path.find('{'); at != std::string_view::npos; at = path.find('{', at + 1)) {
            auto end = path.find('}', at);
            std::string_view name = path.substr(at + 1, end - at - 1);
            bool number = name == "id";
            out.begin_object();
            out.key("in");
            out.text("path");
            out.key("name");
            out.text(name);
            out.key("required");
            out.boolean(true);
            out.key("schema");
            out.raw(number ? R"({"type":"integer"})" : R"({"type":"string"})");
            out.end_object();
        }
        if (route.query) {
            for (const Field& field : route.query->fields) {
                out.begin_object();
                out.key("in");
                out.text("query");
                out.key("name");
                out.text(field.name);
                out.key("required");
                out.boolean(field.shape->form != Form::optional);
                out.key("schema");
                write_schema(out, *field.shape);
                out.end_object();
            }
        }
        out.end_array();
    }

    void write_schema(JsonWriter& out, const Shape& shape) {
        if (shape.form == Form::optional) return write_schema(out, *shape.element);
        if (shape.form == Form::record) {
            auto [known, fresh] = components_.emplace(shape.name, &shape);
            HEZHI_ASSERT(fresh || known->second == &shape);
            out.begin_object();
            out.key("$ref");
            out.text("#/components/schemas/" + std::string(shape.name));
            out.end_object();
            return;
        }
        out.begin_object();
        switch (shape.form) {
            case Form::boolean:
                out.key("type");
                out.text("boolean");
                break;
            case Form::text:
                out.key("maxLength");
                out.integer(static_cast<std::int64_t>(shape.max));
                out.key("minLength");
                out.integer(static_cast<std::int64_t>(shape.min));
                out.key("type");
                out.text("string");
                break;
            case Form::choice:
                out.key("enum");
                out.begin_array();
                for (auto label : shape.labels) out.text(label);
                out.end_array();
                out.key("type");
                out.text("string");
                break;
            case Form::list:
                out.key("items");
                write_schema(out, *shape.element);
                out.key("maxItems");
                out.integer(static_cast<std::int64_t>(shape.max));
                out.key("type");
                out.text("array");
                break;
            default:
                write_integer(out, shape);
                break;
        }
        out.end_object();
    }

    static void write_integer(JsonWriter& out, const Shape& shape) {
        if (shape.form == Form::instant) {
            out.key("description");
            out.text("UTC milliseconds");
        }
        out.key("format");
        out.text("int64");
        if (shape.form == Form::integer && shape.lowest > INT32_MIN) {
            out.key("maximum");
            out.integer(shape.highest);
            out.key("minimum");
            out.integer(shape.lowest);
        }
        out.key("type");
        out.text("integer");
    }

    std::string record_schema(const Shape& shape) {
        JsonWriter out;
        out.begin_object();
        out.key("additionalProperties");
        out.boolean(false);
        out.key("properties");
        out.begin_object();
        for (const Field& field : shape.sorted_fields) {
            out.key(field.name);
            write_schema(out, *field.shape);
        }
        out.end_object();
        out.key("required");
        out.begin_array();
        for (const Field& field : shape.sorted_fields) {
            if (field.shape->form != Form::optional) out.text(field.name);
        }
        out.end_array();
        out.key("type");
        out.text("object");
        out.end_object();
        return out.take();
    }

    static std::string lower(std::string_view text) {
        std::string out(text);
        for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        return out;
    }

    const Routes& routes_;
    std::map<std::string_view, const Shape*> components_;
    std::map<std::string_view, std::string> bodies_;
};

}  // namespace

std::string openapi(const Routes& routes, std::string_view version) {
    return Document(routes).write(version);
}

}  // namespace hezhi::api

#include "app/demo/stories.h"

namespace hezhi::app {

const std::vector<Story>& stories() {
    static const std::vector<Story> all{
        {"visit_alone_elder", "3 号楼独居老人两天没下楼，请上门看看", PriorityClass::P2},
        {"visit_alone_elder", "独居老人希望有人每周来坐坐、聊聊天", PriorityClass::P3},
        {"visit_alone_elder", "老人出院在家，子女在外地，请探访", PriorityClass::P3},
        {"visit_alone_elder", "独居老人听力不好，电话常打不通", PriorityClass::P3},
        {"environment_clean_up", "楼道堆放杂物，希望一起清理", PriorityClass::P3},
        {"environment_clean_up", "小花园垃圾较多，请组织整治", PriorityClass::P3},
        {"environment_clean_up", "雨后地下通道积泥，行走不便", PriorityClass::P3},
        {"adolescent_counselling", "初二学生近来不愿上学，家长求助", PriorityClass::P3},
        {"adolescent_counselling", "孩子情绪低落，希望社工谈谈", PriorityClass::P2},
    };
    return all;
}

}  // namespace hezhi::app

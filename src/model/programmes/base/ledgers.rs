//! 强基: service centres, industry, collective economy (Q1–Q20).

use crate::model::ledger::{Choice, Ledger, Preset, Programme};

/// Stages of building a planned centre, in order (Q5).
pub const BUILD_STAGES: &[Choice] = &[
    Choice::new("applied", "申报"),
    Choice::new("approved", "立项"),
    Choice::new("sited", "选址"),
    Choice::new("designed", "规划设计"),
    Choice::new("funded", "资金"),
    Choice::new("building", "施工"),
    Choice::new("accepted", "验收"),
    Choice::new("opened", "启用"),
];

/// Kinds of industry.
pub const INDUSTRIES: &[Choice] = &[
    Choice::new("herb", "中药材"),
    Choice::new("fruit", "水果"),
    Choice::new("grain", "粮油"),
    Choice::new("tea", "茶和油茶"),
    Choice::new("livestock", "养殖"),
    Choice::new("processing", "加工"),
    Choice::new("tourism", "旅游"),
    Choice::new("solar", "光伏"),
    Choice::new("service", "服务"),
    Choice::new("other", "其他"),
];

/// Kinds of income of a village's collective economy.
pub const INCOMES: &[Choice] = &[
    Choice::new("operation", "经营收入"),
    Choice::new("contract", "发包及上交收入"),
    Choice::new("investment", "投资收益"),
    Choice::new("subsidy", "补助收入"),
    Choice::new("other", "其他收入"),
];

crate::ledgers! {
    /// 党员群众服务中心 of a unit (Q2–Q7, Q19, docs/requirements.md §2.7).
    Centre = Ledger::new("centre", "阵地台账").programme(Programme::Base).adds("个", "登记一个阵地").title(&["name"])
        .key(&["unit", "name"]).help("党员群众服务中心：已建新、原有提档、待建") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "名称" .required();
        state: Choice "状态" .choices(&[
            Choice::new("built", "已建新"), Choice::new("upgrading", "原有提档"), Choice::new("planned", "待建"),
        ]) .required() .column();
        area: Int "面积" .measure("㎡") .range(0, 99_999) .summed() .column();
        year: Year "建成年份";
        rooms: Int "功能室" .measure("间") .range(0, 99);
        ownership: Choice "产权" .choices(&[Choice::new("own", "自有"), Choice::new("rent", "租用"), Choice::new("lent", "借用")]);
        funds: Decimal "投入资金" .measure("万元") .range(0, 99_999) .summed() .column();
        publicity: YesNo "红色宣传上墙" .hint("已建新阵地填写");
        surroundings: YesNo "周边环境优化" .hint("已建新阵地填写");
        parts_replaced: YesNo "更换旧件" .hint("原有阵地填写");
        content_updated: YesNo "更新内容" .hint("原有阵地填写");
        facilities: Choices "配置" .choices(&[
            Choice::new("hall", "便民服务大厅"), Choice::new("activity", "党员活动室"), Choice::new("meeting", "会议室"),
            Choice::new("library", "图书室"), Choice::new("mediation", "调解室"), Choice::new("clinic", "卫生室联动"),
            Choice::new("elder", "老年和儿童之家"), Choice::new("square", "文化广场"), Choice::new("board", "公开栏"),
            Choice::new("signs", "标识门牌"), Choice::new("duty", "值班表"), Choice::new("remote", "远程教育"),
            Choice::new("fire", "消防"), Choice::new("access", "无障碍"),
        ]);
        begun: Day "开工日期";
        finished: Day "完工日期" .column();
        planned_open: Day "计划启用" .coming();
        renewal: Text "老旧小区改造点" .hint("与改造点结合的填写名称") .recurs();
        photo: Text "照片文件名" .hint("只记文件名或网址");
        note: LongText "备注";
        parts_replaced_on: Day "更换旧件日期";
        content_updated_on: Day "更新内容日期";
    }

    /// One stage of building a planned centre, planned and actual (Q5, Q7).
    BuildStage = Ledger::new("build_stage", "阵地建设进度").programme(Programme::Base).adds("步", "记一步进度").dated("planned")
        .key(&["centre", "stage"]).title(&["stage"]).help("待建阵地从申报到启用，计划和实际日期") => {
        unit: Unit "村（社区）" .required() .column();
        centre: Ref "阵地" .to("centre") .required();
        stage: Choice "阶段" .choices(BUILD_STAGES) .required() .column();
        planned: Day "计划日期" .coming() .required() .column();
        actual: Day "实际日期" .column();
        owner: Text "责任人" .personal() .recurs();
        note: Text "说明";
    }

    /// One item of a centre's check-list (Q3, Q4).
    CentreItem = Ledger::new("centre_item", "阵地检查清单").programme(Programme::Base).adds("项", "加一项检查").dated("done")
        .key(&["centre", "text"]).title(&["text"]).help("已建阵地的宣传和环境，原有阵地的旧件和内容，逐项销号") => {
        unit: Unit "村（社区）" .required() .column();
        centre: Ref "阵地" .to("centre") .required();
        list: Choice "清单" .choices(&[
            Choice::new("publicity", "红色宣传"), Choice::new("surroundings", "周边环境"), Choice::new("parts", "更换旧件"), Choice::new("content", "更新内容"),
        ]) .required() .column();
        text: Text "事项" .required() .column();
        done: Day "完成日期" .column();
    }

    /// Application for building funds (Q8, Q9).
    CentreFund = Ledger::new("centre_fund", "阵地项目申报").programme(Programme::Base).adds("笔", "申报一笔").dated("date")
        .title(&["source"]).help("阵地建设项目申报和批复") => {
        unit: Unit "村（社区）" .required() .column();
        centre: Ref "阵地" .to("centre") .required();
        source: Text "资金来源" .required() .column() .recurs();
        date: Day "申报日期" .required() .preset(Preset::Today) .column();
        applied: Decimal "申报金额" .measure("万元") .range(0, 99_999) .summed() .column();
        approved: Decimal "批复金额" .measure("万元") .range(0, 99_999) .summed() .column();
        state: Choice "状态" .choices(&[
            Choice::new("applying", "申报中"), Choice::new("approved", "已批复"), Choice::new("declined", "未通过"), Choice::new("paid", "已拨付"),
        ]) .preset(Preset::Text("applying")) .column();
    }

    /// An industry project of a village, herb bases included (Q11, Q13–Q15, Q18).
    Project = Ledger::new("project", "产业项目").programme(Programme::Base).adds("个", "登记一个项目").dated("started")
        .key(&["unit", "name"]).title(&["name"]).help("一村一业：每村至少一个产业项目；中药材基地也记在这里") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "项目名称" .required() .column();
        kind: Choice "产业" .choices(INDUSTRIES) .required() .column();
        age: Choice "新旧" .choices(&[Choice::new("old", "原有"), Choice::new("new", "新建")]) .column();
        herb_base: YesNo "中药材基地" .column();
        herb: Text "药材品种" .recurs();
        mu: Decimal "面积" .measure("亩") .range(0, 99_999) .summed() .column();
        planted: Month "种植年月";
        inter: YesNo "套种";
        inter_note: Text "套种说明";
        operator: Text "经营主体" .column() .recurs();
        partner: Text "合作单位" .recurs();
        stage: Choice "阶段" .choices(&[
            Choice::new("planned", "谋划"), Choice::new("building", "建设"), Choice::new("running", "投产"), Choice::new("closed", "停产"),
        ]) .column();
        started: Day "启动日期" .required() .column();
        ended: Day "停产日期";
        income: Decimal "年收入" .measure("万元") .asks_above(2_000) .range(0, 99_999) .summed();
        jobs: Int "用工" .measure("人") .range(0, 9_999) .summed() .column();
        output: Text "产量";
        photo: Text "照片文件名" .hint("只记文件名或网址");
        note: LongText "备注";
    }

    /// A visit that helps a project along (Q12).
    ProjectGuidance = Ledger::new("project_guidance", "产业指导").programme(Programme::Base).adds("次", "记一次指导").dated("date")
        .title(&["expert", "date"]).help("专家和部门到项目上指导") => {
        unit: Unit "村（社区）" .required() .column();
        project: Ref "产业项目" .to("project") .required() .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        expert: Text "专家" .personal() .column() .recurs();
        department: Text "部门" .column() .recurs();
        advice: LongText "指导意见" .required() .column();
    }

    /// Income of a village's collective economy in one year and category (Q16–Q20, docs/requirements.md §2.6).
    Income = Ledger::new("income", "村集体经济").programme(Programme::Base).adds("笔", "记一笔收入").dated("year")
        .key(&["unit", "year", "category"]).title(&["year", "category"]).help("村集体经济年度收入，按类别记；社区默认不计") => {
        unit: Unit "村" .required() .column();
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        category: Choice "类别" .choices(INCOMES) .required() .column();
        amount: Decimal "金额" .measure("万元") .asks_above(1_000) .range(0, 99_999) .summed() .required() .column();
        note: Text "说明" .column();
    }

    /// Expenses that turn income into net income (Q16, docs/requirements.md §2.6).
    Expense = Ledger::new("expense", "村集体支出").programme(Programme::Base).adds("笔", "记一笔支出").dated("year")
        .key(&["unit", "year", "category"]).title(&["year", "category"]).help("村集体年度支出，用于计算经营收益") => {
        unit: Unit "村" .required() .column();
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        category: Choice "类别" .choices(&[
            Choice::new("operation", "经营支出"), Choice::new("management", "管理费用"), Choice::new("other", "其他支出"),
        ]) .required() .column();
        amount: Decimal "金额" .measure("万元") .asks_above(1_000) .range(0, 99_999) .summed() .required() .column();
    }
}

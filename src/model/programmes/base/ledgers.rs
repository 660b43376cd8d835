//! 强基: service centres, industry, collective economy (Q1–Q20).

use crate::model::ledger::{Ledger, Preset, Programme};

crate::choices! {
    /// Stages of building a planned centre, in order (Q5).
    BuildStep {
        Applied = "applied" "申报",
        Approved = "approved" "立项",
        Sited = "sited" "选址",
        Designed = "designed" "规划设计",
        Funded = "funded" "资金",
        Building = "building" "施工",
        Accepted = "accepted" "验收",
        Opened = "opened" "启用",
    }

    /// Kinds of industry.
    Industry {
        Herb = "herb" "中药材",
        Fruit = "fruit" "水果",
        Grain = "grain" "粮油",
        Tea = "tea" "茶和油茶",
        Livestock = "livestock" "养殖",
        Processing = "processing" "加工",
        Tourism = "tourism" "旅游",
        Solar = "solar" "光伏",
        Service = "service" "服务",
        Other = "other" "其他",
    }

    /// Kinds of income of a village's collective economy.
    IncomeKind {
        Operation = "operation" "经营收入",
        Contract = "contract" "发包及上交收入",
        Investment = "investment" "投资收益",
        Subsidy = "subsidy" "补助收入",
        Other = "other" "其他收入",
    }

    /// 状态 of [`Centre`].
    CentreState {
        Built = "built" "已建新",
        Upgrading = "upgrading" "原有提档",
        Planned = "planned" "待建",
    }

    /// 产权 of [`Centre`].
    CentreOwnership {
        Own = "own" "自有",
        Rent = "rent" "租用",
        Lent = "lent" "借用",
    }

    /// 配置 of [`Centre`].
    CentreFacilities {
        Hall = "hall" "便民服务大厅",
        Activity = "activity" "党员活动室",
        Meeting = "meeting" "会议室",
        Library = "library" "图书室",
        Mediation = "mediation" "调解室",
        Clinic = "clinic" "卫生室联动",
        Elder = "elder" "老年和儿童之家",
        Square = "square" "文化广场",
        Board = "board" "公开栏",
        Signs = "signs" "标识门牌",
        Duty = "duty" "值班表",
        Remote = "remote" "远程教育",
        Fire = "fire" "消防",
        Access = "access" "无障碍",
    }

    /// 清单 of [`CentreItem`].
    CentreItemList {
        Publicity = "publicity" "红色宣传",
        Surroundings = "surroundings" "周边环境",
        Parts = "parts" "更换旧件",
        Content = "content" "更新内容",
    }

    /// 状态 of [`CentreFund`].
    CentreFundState {
        Applying = "applying" "申报中",
        Approved = "approved" "已批复",
        Declined = "declined" "未通过",
        Paid = "paid" "已拨付",
    }

    /// 新旧 of [`Project`].
    ProjectAge {
        Old = "old" "原有",
        New = "new" "新建",
    }

    /// 阶段 of [`Project`].
    ProjectStage {
        Planned = "planned" "谋划",
        Building = "building" "建设",
        Running = "running" "投产",
        Closed = "closed" "停产",
    }

    /// 类别 of [`Expense`].
    ExpenseCategory {
        Operation = "operation" "经营支出",
        Management = "management" "管理费用",
        Other = "other" "其他支出",
    }
}

crate::ledgers! {
    /// 党员群众服务中心 of a unit (Q2–Q7, Q19, docs/requirements.md §2.7).
    Centre = Ledger::new("centre", "阵地台账").programme(Programme::Base).adds("个", "登记一个阵地").title(&["name"])
        .key(&["unit", "name"]).help("党员群众服务中心：已建新、原有提档、待建") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "名称" .required();
        state: Choice "状态" .choices(CentreState::ALL) .required() .column();
        area: Int "面积" .measure("㎡") .range(0, 99_999) .summed() .column();
        year: Year "建成年份";
        rooms: Int "功能室" .measure("间") .range(0, 99);
        ownership: Choice "产权" .choices(CentreOwnership::ALL);
        funds: Decimal "投入资金" .measure("万元") .range(0, 99_999) .summed() .column();
        publicity: YesNo "红色宣传上墙" .hint("已建新阵地填写");
        surroundings: YesNo "周边环境优化" .hint("已建新阵地填写");
        parts_replaced: YesNo "更换旧件" .hint("原有阵地填写");
        content_updated: YesNo "更新内容" .hint("原有阵地填写");
        facilities: Choices "配置" .choices(CentreFacilities::ALL);
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
        .key(&["centre", "stage"]).title(&["centre", "stage"]).help("待建阵地从申报到启用，计划和实际日期") => {
        unit: Unit "村（社区）" .required() .column();
        centre: Ref "阵地" .to("centre") .required();
        stage: Choice "阶段" .choices(BuildStep::ALL) .required() .column();
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
        list: Choice "清单" .choices(CentreItemList::ALL) .required() .column();
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
        state: Choice "状态" .choices(CentreFundState::ALL) .preset(Preset::Text(CentreFundState::Applying.code())) .column();
    }

    /// An industry project of a village, herb bases included (Q11, Q13–Q15, Q18).
    Project = Ledger::new("project", "产业项目").programme(Programme::Base).adds("个", "登记一个项目").dated("started")
        .key(&["unit", "name"]).title(&["name"]).help("一村一业：每村至少一个产业项目；中药材基地也记在这里") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "项目名称" .required() .column();
        kind: Choice "产业" .choices(Industry::ALL) .required() .column();
        age: Choice "新旧" .choices(ProjectAge::ALL) .column();
        herb_base: YesNo "中药材基地" .column();
        herb: Text "药材品种" .recurs();
        mu: Decimal "面积" .measure("亩") .range(0, 99_999) .summed() .column();
        planted: Month "种植年月";
        inter: YesNo "套种";
        inter_note: Text "套种说明";
        operator: Text "经营主体" .column() .recurs();
        partner: Text "合作单位" .recurs();
        stage: Choice "阶段" .choices(ProjectStage::ALL) .column();
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
        category: Choice "类别" .choices(IncomeKind::ALL) .required() .column();
        amount: Decimal "金额" .measure("万元") .asks_above(1_000) .range(0, 99_999) .summed() .required() .column();
        note: Text "说明" .column();
    }

    /// Expenses that turn income into net income (Q16, docs/requirements.md §2.6).
    Expense = Ledger::new("expense", "村集体支出").programme(Programme::Base).adds("笔", "记一笔支出").dated("year")
        .key(&["unit", "year", "category"]).title(&["year", "category"]).help("村集体年度支出，用于计算经营收益") => {
        unit: Unit "村" .required() .column();
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        category: Choice "类别" .choices(ExpenseCategory::ALL) .required() .column();
        amount: Decimal "金额" .measure("万元") .asks_above(1_000) .range(0, 99_999) .summed() .required() .column();
    }
}

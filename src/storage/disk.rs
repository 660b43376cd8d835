//! Writing that proves itself, and the count of what is used.

use std::cell::RefCell;

use hashbrown::HashMap;

use super::keys::BALLAST;
use super::kv::{KeyValue, KvError, Limit};
use crate::model::notice::Notice;

/// Why something could not be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No room left, after everything was tried that may be tried now.
    Quota,
    /// The browser does not let the page store anything.
    Blocked,
    /// The browser says that its own files are damaged.
    Corrupt,
    /// What was read back is not what was written.
    Differs,
    /// A newer version of the program has written here; the number of its schema.
    Newer(u32),
    /// Storage was found empty although data existed; a person must decide first.
    Recovery,
    /// Everything was erased on purpose, in another tab.
    Erased,
    /// The import cannot be withdrawn any more, or is not known.
    Fixed,
    /// Anything else, in the words of the browser.
    Other(String),
}

impl From<KvError> for Failure {
    fn from(error: KvError) -> Failure {
        match error {
            KvError::Quota => Failure::Quota,
            KvError::Blocked => Failure::Blocked,
            KvError::Corrupt => Failure::Corrupt,
            KvError::Other(text) => Failure::Other(text),
        }
    }
}

impl Failure {
    /// What is wrong and what to do, for the banner.
    pub fn notice(&self) -> Notice {
        let (what, todo) = match self {
            Failure::Quota => ("浏览器存储空间已满，最近的修改还没有保存", "请立即导出备份，再清理空间"),
            Failure::Blocked => (
                "浏览器不允许本页面保存数据",
                "内容只留在本次打开的页面里，请在关闭前导出备份",
            ),
            Failure::Corrupt => ("浏览器的存储文件已损坏，无法保存", "请立即导出备份，再重新打开浏览器"),
            Failure::Differs => ("写入后读回的内容不一致，没有保存成功", "请立即导出备份，再重新打开页面"),
            Failure::Newer(_) => (
                "另一个窗口已升级到新版本，本窗口只能查看",
                "请导出未保存的修改，再刷新本页面",
            ),
            Failure::Recovery => ("存储是空的，但这台设备以前有数据", "请先选择恢复备份，或确认重新开始"),
            Failure::Erased => ("全部数据已在另一个窗口清除", "请刷新本页面"),
            Failure::Fixed => ("这次导入已经不能撤回", "如有需要，请逐条修改"),
            Failure::Other(_) => ("浏览器没有保存成功", "请立即导出备份，再重新打开页面"),
        };
        let place = match self {
            Failure::Other(text) => text.clone(),
            _ => String::new(),
        };
        Notice::error(place, what, todo)
    }
}

/// How much is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Usage {
    /// What this program uses, in the measure of the limit, reserved room not counted.
    pub own: u64,
    /// What others on the same origin use.
    pub foreign: u64,
    /// Reserved room, given up when needed.
    pub reserved: u64,
    /// Most.
    pub limit: u64,
    /// Number of own keys.
    pub keys: usize,
}

/// How urgent the use of room is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Below 60 %.
    Plenty,
    /// From 60 %: cold parts are packed.
    Notice,
    /// From 80 %: export a backup.
    Tight,
    /// From 90 %: act now.
    Full,
}

impl Usage {
    /// Used share in thousandths, 0 to 1000 and beyond.
    pub fn permille(self) -> u64 {
        let used = self.own.saturating_add(self.foreign);
        used.saturating_mul(1000) / self.limit.max(1)
    }

    /// How urgent.
    pub fn level(self) -> Level {
        match self.permille() {
            0..600 => Level::Plenty,
            600..800 => Level::Notice,
            800..900 => Level::Tight,
            _ => Level::Full,
        }
    }

    /// What to tell a person; `None` while there is plenty.
    pub fn notice(self) -> Option<Notice> {
        let percent = self.permille() / 10;
        let what = format!("存储空间已用 {percent}%");
        match self.level() {
            Level::Plenty => None,
            Level::Notice => Some(Notice::info("", what)),
            Level::Tight => Some(Notice::warning("", what, "请导出备份")),
            Level::Full => Some(Notice::warning("", what, "请尽快导出备份，并归档往年数据")),
        }
    }
}

/// A key-value store whose use is counted and whose writes are read back.
pub(super) struct Disk<K> {
    kv: K,
    limit: Limit,
    sizes: RefCell<HashMap<String, u64>>,
}

impl<K: KeyValue> Disk<K> {
    pub fn new(kv: K) -> Disk<K> {
        let limit = kv.limit();
        Disk {
            kv,
            limit,
            sizes: RefCell::default(),
        }
    }

    pub fn keys(&self) -> Result<Vec<String>, Failure> {
        let keys = self.kv.keys()?;
        let mut sizes = self.sizes.borrow_mut();
        if sizes.len() != keys.len() || !keys.iter().all(|k| sizes.contains_key(k)) {
            let present: hashbrown::HashSet<&str> = keys.iter().map(String::as_str).collect();
            sizes.retain(|key, _| present.contains(key.as_str()));
        }
        Ok(keys)
    }

    pub fn get(&self, key: &str) -> Result<Option<String>, Failure> {
        let text = self.kv.get(key)?;
        self.count(key, text.as_deref());
        Ok(text)
    }

    /// Notes the size of what is known to stand under a key.
    pub fn count(&self, key: &str, text: Option<&str>) {
        let mut sizes = self.sizes.borrow_mut();
        match text {
            None => drop(sizes.remove(key)),
            Some(text) => {
                let cost = self.limit.cost(key, text);
                match sizes.get_mut(key) {
                    Some(size) => *size = cost,
                    None => drop(sizes.insert(key.to_string(), cost)),
                }
            }
        }
    }

    /// Whether the size of a key is known already.
    pub fn is_counted(&self, key: &str) -> bool {
        self.sizes.borrow().contains_key(key)
    }

    /// Forgets every size: everything is gone.
    pub fn forget(&self) {
        self.sizes.borrow_mut().clear();
    }

    /// Writes without looking; for what may be lost (settings, reserved room).
    pub fn put(&self, key: &str, text: &str) -> Result<(), Failure> {
        self.kv.set(key, text)?;
        self.count(key, Some(text));
        Ok(())
    }

    /// Writes, reads back, compares.
    pub fn put_verified(&self, key: &str, text: &str) -> Result<(), Failure> {
        self.put(key, text)?;
        match self.kv.get(key)? {
            Some(back) if back == text => Ok(()),
            back => {
                self.count(key, back.as_deref());
                Err(Failure::Differs)
            }
        }
    }

    /// As [`Disk::put_verified`]; when the store is full, gives up the reserved room and tries again.
    pub fn put_or_relieve(&self, key: &str, text: &str) -> Result<(), Failure> {
        match self.put_verified(key, text) {
            Err(Failure::Quota) if self.is_counted(BALLAST) => {
                self.remove(BALLAST)?;
                self.put_verified(key, text)
            }
            other => other,
        }
    }

    pub fn remove(&self, key: &str) -> Result<(), Failure> {
        self.kv.remove(key)?;
        self.count(key, None);
        Ok(())
    }

    pub fn limit(&self) -> Limit {
        self.limit
    }

    pub fn usage(&self) -> Usage {
        let mut usage = Usage {
            limit: self.limit.amount,
            ..Usage::default()
        };
        for (key, size) in self.sizes.borrow().iter() {
            if key == BALLAST {
                usage.reserved = *size;
            } else if key.starts_with(super::keys::PREFIX) {
                usage.own += size;
                usage.keys += 1;
            } else {
                usage.foreign += size;
            }
        }
        usage
    }

    pub fn kv(&self) -> &K {
        &self.kv
    }
}
